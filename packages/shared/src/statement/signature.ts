import { fromHex } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { equal } from "../bytes.ts";
import type { VerifyEd25519 } from "../ports.ts";

const SIGNATURE_LENGTH = 64;

/** The canonical encodings of the 8 points of small order; a non-canonical R fails the host's byte comparison anyway. */
const SMALL_ORDER = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
].map((text) => fromHex(text) as Bytes);

/**
 * FORMATS 3.3, the one rule of every verifier and the only caller of the port. `publicKey` has passed `admitKey`;
 * a host that throws has said no.
 */
export async function verifySignature(
  verify: VerifyEd25519,
  publicKey: Bytes,
  signature: Bytes,
  message: Bytes,
): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== SIGNATURE_LENGTH) return false;
  const r = signature.subarray(0, 32);
  if (SMALL_ORDER.some((point) => equal(point, r))) return false;
  try {
    return (await verify(publicKey, signature, message)) === true;
  } catch {
    return false;
  }
}
