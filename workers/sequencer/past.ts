import { equal } from "@quasarix/shared/bytes.ts";
import type { PastSource, Refusing, TreeHead } from "@quasarix/shared/log/append.ts";
import { CHECKPOINTS, checkpointKey, LATEST_KEY } from "@quasarix/shared/log/bucket.ts";
import { parseSignedCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import type { Fault } from "./fault.ts";
import type { Ledger } from "./ledger.ts";

/** The (size, root) that the members' database saw before a receipt left; null before the first. */
export type Anchor = () => Promise<TreeHead | null>;

export interface PastPorts {
  readonly bucket: R2Bucket;
  readonly anchor: Anchor;
  readonly fault: Fault;
}

/**
 * DESIGN 5, "Never sign a smaller past": whether the bucket or the anchor knows a log that ours does not lead to. After
 * a point-in-time restore a new signature would be a split view. Throws where a witness of the past cannot be asked.
 */
export async function forgottenPast(ports: PastPorts, ledger: Ledger, ours: number): Promise<Refusing | null> {
  await ports.fault.pause("published-list");
  const later = await ports.bucket.list({ prefix: CHECKPOINTS, startAfter: checkpointKey(ours), limit: 1 });
  const [first] = later.objects;
  if (first) return smallerPast(ours, Number(first.key.slice(CHECKPOINTS.length)), "published");
  await ports.fault.pause("published-head");
  const latest = await publishedHead(ports);
  if (latest && !leadsTo(ledger, ours, latest)) return smallerPast(ours, latest.size, "published");
  await ports.fault.pause("anchor");
  const anchored = await ports.anchor();
  if (anchored && !leadsTo(ledger, ours, anchored)) return smallerPast(ours, anchored.size, "anchor");
  return null;
}

const smallerPast = (ours: number, theirs: number, where: PastSource): Refusing => ({
  reason: "smaller-past",
  ours,
  theirs,
  where,
});

/** Every checkpoint that ever left is one that we committed, under the same root. */
function leadsTo(ledger: Ledger, ours: number, theirs: TreeHead): boolean {
  if (theirs.size > ours) return false;
  const committed = ledger.checkpoint(theirs.size);
  return theirs.size === 0 || (committed !== null && equal(committed.root, theirs.root));
}

async function publishedHead({ bucket, fault }: PastPorts): Promise<TreeHead | null> {
  await fault.pause("published-latest");
  const object = await bucket.get(LATEST_KEY);
  if (!object) return null;
  await fault.pause("published-text");
  const parsed = parseSignedCheckpoint(await object.text());
  if (!parsed.ok) throw new Error(`the published checkpoint \`${LATEST_KEY}\` is unreadable`);
  return parsed.value.checkpoint;
}
