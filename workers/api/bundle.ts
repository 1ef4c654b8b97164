import { base64url } from "@quasarix/shared/base64.ts";
import { policyOf } from "@quasarix/shared/log/tlog-policy.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { type BundleRow, formatBundle } from "@quasarix/shared/statement/bundle.ts";
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

/** FORMATS 5: presentation and keyring under one published checkpoint, with the rows of author and signer only. */
export async function bundleOf(c: ApiContext, { presentation, place }: Read): Promise<Result<string, Failure>> {
  const desk = deskOf(c.env);
  const keyring = await newestKeyring(c.var.db, desk.origin);
  if (!keyring) return fail({ reason: "not-yet", retryAfter: 2 });
  const published = await publishedAbove(c, Math.max(place.index, keyring.place.index));
  if (!published) return fail({ reason: "not-yet", retryAfter: 1 });
  const { size, note } = published;
  const rows = rowsOf(keyringTree(keyring.rows), [place.kid, keyring.place.kid]);
  if (!rows.some(({ row }) => row.includes(place.kid))) return fail({ reason: "not-yet", retryAfter: 2 });
  const [proof, keyringProof] = await Promise.all([
    proofAt(c, place, size, note),
    proofAt(c, keyring.place, size, note),
  ]);
  return ok(
    formatBundle({
      presentation,
      proof,
      keyring: { statement: `${keyring.jwt}~`, proof: keyringProof, rows },
      policy: policyOf(desk.logKey.text),
      erasures: [],
    }),
  );
}

function rowsOf(tree: KeyringTree, kids: readonly string[]): BundleRow[] {
  return tree.rows.flatMap((row, index) =>
    kids.includes(row.kid) ? [{ row: rowJson(row), index, path: tree.pathOf(index).map(base64url) }] : [],
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
