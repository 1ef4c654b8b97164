import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as noble } from "@noble/hashes/sha2.js";
import type { Bytes } from "./bytes.ts";

/** What a host may put in the place of noble: same results, faster for long inputs. */
export interface HashEngine {
  sha256(message: Uint8Array): Bytes;
  hmacSha256(key: Uint8Array, message: Uint8Array): Bytes;
}

const portable: HashEngine = {
  sha256: (message) => noble(message) as Bytes,
  hmacSha256: (key, message) => hmac(noble, key, message) as Bytes,
};
let engine = portable;

/** Called once at a host's start. SHA-256 has no choices to inject per call, so the port is per process. */
export function useHashEngine(native: HashEngine): void {
  engine = native;
}

export const sha256 = (message: Uint8Array): Bytes => engine.sha256(message);
export const hmacSha256 = (key: Uint8Array, message: Uint8Array): Bytes => engine.hmacSha256(key, message);
