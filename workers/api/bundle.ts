import { base64url } from "@quasarix/shared/base64.ts";
import { policyOf } from "@quasarix/shared/log/tlog-policy.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { type Bundle, type BundleRow, formatBundle } from "@quasarix/shared/statement/bundle.ts";
import { type KeyringTree, keyringTree, rowJson } from "@quasarix/shared/statement/keyring.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { newestKeyring } from "../store/keyring.ts";
import type { Read } from "../store/read.ts";
import type { ApiContext } from "./context.ts";
import { deskOf } from "./desk.ts";
import { proofAt } from "./proof.ts";
import { publishedCheckpoint } from "./published.ts";
import { sequencerOf } from "./sequencer.ts";

/** Publication comes at most a second after the commit: worth a short wait before telling the reader to come again. */
const TRIES = 6;
const PAUSE_MS = 300;

/** FORMATS 5: the file of one statement. */
export async function bundleOf(c: ApiContext, read: Read): Promise<Result<string, Failure>> {
  const bundles = await bundlesOf(c, [read]);
  return bundles.ok ? ok(formatBundle(bundles.value.bundles[0] as Bundle)) : bundles;
}

/**
 * Presentations and keyring under one published checkpoint, whose size comes with them. Each has the rows of all their
 * authors and of the signer, and no others.
 */
export async function bundlesOf(
  c: ApiContext,
  reads: readonly Read[],
): Promise<Result<{ readonly bundles: readonly Bundle[]; readonly size: number }, Failure>> {
  const desk = deskOf(c.env);
  const keyring = await newestKeyring(c.var.db, desk.origin);
  if (!keyring) return fail({ reason: "not-yet", retryAfter: 2 });
  const published = await publishedAbove(c, Math.max(keyring.place.index, ...reads.map(({ place }) => place.index)));
  if (!published) return fail({ reason: "not-yet", retryAfter: 1 });
  const { size, note } = published;
  const kids = new Set([keyring.place.kid, ...reads.map(({ place }) => place.kid)]);
  const rows = rowsOf(keyringTree(keyring.rows), kids);
  if (rows.length < kids.size) return fail({ reason: "not-yet", retryAfter: 2 });
  const [keyringProof, ...proofs] = await Promise.all(
    [keyring.place, ...reads.map(({ place }) => place)].map((place) => proofAt(c, place, size, note)),
  );
  const shared = {
    keyring: { statement: `${keyring.jwt}~`, proof: keyringProof as string, rows },
    policy: policyOf(desk.logKey.text),
    erasures: [],
  };
  const bundles = reads.map(({ presentation }, i) => ({ presentation, proof: proofs[i] as string, ...shared }));
  return ok({ bundles, size });
}

function rowsOf(tree: KeyringTree, kids: ReadonlySet<string>): BundleRow[] {
  return tree.rows.flatMap((row, index) =>
    kids.has(row.kid) ? [{ row: rowJson(row), index, path: tree.pathOf(index).map(base64url) }] : [],
  );
}

async function publishedAbove(c: ApiContext, index: number): Promise<{ size: number; note: string } | null> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const note = await sequencerOf(c.env).latestPublished();
    const size = note === null ? 0 : publishedCheckpoint(note).size;
    if (note !== null && size > index) return { size, note };
    await scheduler.wait(PAUSE_MS);
  }
  return null;
}
