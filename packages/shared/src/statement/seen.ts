import { base64, fromBase64 } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { equal, utf8 } from "../bytes.ts";
import type { Checkpoint } from "../log/checkpoint.ts";
import { checkpointText } from "../log/checkpoint.ts";
import type { NoteSignature } from "../log/note.ts";
import { signatureText } from "../log/note.ts";
import { EMPTY_ROOT } from "../log/tree.ts";
import type { VerifierKey } from "../log/vkey.ts";
import type { VerifyEd25519 } from "../ports.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Seen } from "./claims.ts";
import { verifySignature } from "./signature.ts";

export type SeenRefusal = "seen-later" | "seen-key" | "seen-signature" | "split-view";

const KEY_ID_LENGTH = 4;

/** The claim for a checkpoint that the author has verified, with the log's own line of its note. */
export const seenOf = (checkpoint: Checkpoint, signature: NoteSignature): Seen => ({
  size: checkpoint.size,
  root: base64(checkpoint.root),
  sig: signatureText(signature),
});

/** The log's note signature over the checkpoint that the claim rebuilds. */
export async function verifySeen(
  seen: Seen,
  logKey: VerifierKey,
  verify: VerifyEd25519,
): Promise<Result<true, SeenRefusal>> {
  const line = fromBase64(seen.sig);
  const root = fromBase64(seen.root);
  if (!line || !root || !equal(line.subarray(0, KEY_ID_LENGTH), logKey.id)) return fail("seen-key");
  const text = utf8(checkpointText({ origin: logKey.name, size: seen.size, root }));
  const signature = line.slice(KEY_ID_LENGTH) as Bytes;
  return (await verifySignature(verify, logKey.publicKey, signature, text)) ? ok(true) : fail("seen-signature");
}

/** Sizes of the log and the root that it signed for each. */
export type SeenRoots = Map<number, string>;

/** Sizes whose roots are known before any claim is read. */
export const knownRoots = ({ size, root }: Checkpoint): SeenRoots =>
  new Map([
    [0, base64(EMPTY_ROOT)],
    [size, base64(root)],
  ]);

/** FORMATS 1: two roots that the log signed for one size prove that it shows two histories. Keeps what it is shown. */
export function isOneHistory(roots: SeenRoots, { size, root }: Seen): boolean {
  const known = roots.get(size) ?? root;
  roots.set(size, known);
  return known === root;
}

/** FORMATS 1: nobody has seen a checkpoint that holds his own statement before he signed it. */
export const isSeenBefore = (seen: Seen | undefined, index: number): boolean =>
  seen === undefined || seen.size <= index;
