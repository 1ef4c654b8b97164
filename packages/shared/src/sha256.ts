import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as noble } from "@noble/hashes/sha2.js";
import { base64url } from "./base64.ts";
import type { Bytes } from "./bytes.ts";
import { utf8 } from "./bytes.ts";

/** What a host may put in the place of noble: same results, faster for long inputs. */
export interface HashEngine {
  sha256(message: Uint8Array): Bytes;
  hmacSha256(key: Uint8Array, message: Uint8Array): Bytes;
  /** b64url of the SHA-256 of an ASCII text, for hosts that do it in one call: a statement has dozens of digests. */
  sha256Text?(ascii: string): string;
}

const portable: HashEngine = {
  sha256: (message) => noble(message) as Bytes,
  hmacSha256: (key, message) => hmac(noble, key, message) as Bytes,
};
let engine: HashEngine = portable;

/** Called once at a host's start. SHA-256 has no choices to inject per call, so the port is per process. */
export function useHashEngine(native: HashEngine): void {
  engine = native;
}

export const sha256 = (message: Uint8Array): Bytes => engine.sha256(message);
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Bytes => engine.hmacSha256(key, message);
export const sha256Text = (ascii: string): string =>
  engine.sha256Text?.(ascii) ?? base64url(engine.sha256(utf8(ascii)));
