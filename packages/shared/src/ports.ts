import type { Bytes } from "./bytes.ts";

/** The host's Ed25519 verify. Call it through `signature.ts` only, which adds the rule of FORMATS 3. A throw means false. */
export type VerifyEd25519 = (publicKey: Bytes, signature: Bytes, message: Bytes) => boolean | Promise<boolean>;

/** A private key that never leaves its holder. `publicKey` is the raw 32 bytes. */
export interface Signer {
  readonly publicKey: Bytes;
  sign(message: Bytes): Promise<Bytes>;
}

/** AES-256-GCM. `sealed` is `iv[12] || ciphertext || tag` (FORMATS 7); `open` gives null when the tag does not fit. */
export interface Sealer {
  seal(key: Bytes, aad: Bytes, plain: Bytes): Promise<Bytes>;
  /** The same under a fresh key that seals nothing else. */
  sealOnce(aad: Bytes, plain: Bytes): Promise<{ readonly key: Bytes; readonly sealed: Bytes }>;
  open(key: Bytes, aad: Bytes, sealed: Bytes): Promise<Bytes | null>;
}

/** Cryptographic randomness; tests pass seeded dice. */
export type RandomBytes = (length: number) => Bytes;

/** Milliseconds since 1970. */
export type Clock = () => number;
