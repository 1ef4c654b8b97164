import type { Bytes } from "../bytes.ts";
import { concat, readU64be, u64be, utf8 } from "../bytes.ts";
import type { Signer, VerifyEd25519 } from "../ports.ts";
import { verifySignature } from "../statement/signature.ts";
import type { NoteSignature } from "./note.ts";
import type { VerifierKey } from "./vkey.ts";
import { keyId } from "./vkey.ts";

const TIME_LENGTH = 8;

/** FORMATS 4, cosignature/v1. `time` in Unix seconds, `text` the checkpoint with its final LF. */
export const cosignedBytes = (time: number, text: string): Bytes => utf8(`cosignature/v1\ntime ${time}\n${text}`);

/** A witness's line: `blob` is `u64be time || sig[64]`. */
export async function signCosignature(
  signer: Signer,
  name: string,
  time: number,
  text: string,
): Promise<NoteSignature> {
  const signature = await signer.sign(cosignedBytes(time, text));
  return { name, id: keyId(name, 4, signer.publicKey), blob: concat(u64be(time), signature) };
}

/** Unix seconds; null for a blob too short or a time beyond 2^53-1. */
export const cosignedAt = (blob: Bytes): number | null => (blob.length < TIME_LENGTH ? null : readU64be(blob, 0));

export async function verifyCosignature(
  key: VerifierKey,
  blob: Bytes,
  text: string,
  verify: VerifyEd25519,
): Promise<boolean> {
  const time = cosignedAt(blob);
  if (time === null) return false;
  return verifySignature(verify, key.publicKey, blob.slice(TIME_LENGTH), cosignedBytes(time, text));
}
