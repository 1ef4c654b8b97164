import { createHmac, hash } from "node:crypto";
import { useBase64Engine } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { useHashEngine } from "@quasarix/shared/sha256.ts";

const HELD = 64 * 1024;
// Decoding never waits, so one buffer serves all; a new one each costs more than the decoding.
const held = Buffer.allocUnsafeSlow(HELD);

/** Once at a process's start: native hashes and native base64url in the place of portable ones. */
export function useNodeEngines(): void {
  useHashEngine({
    // A result as "binary" text (one character a byte) and bytes made of it take a quarter of what a Buffer as result takes.
    sha256: (message) => bytesOfBinary(hash("sha256", message, "binary")),
    hmacSha256: (key, message) => bytesOfBinary(createHmac("sha256", key).update(message).digest("binary")),
    sha256Text: (ascii) => hash("sha256", ascii, "base64url"),
  });
  useBase64Engine({ fromBase64url });
}

function bytesOfBinary(text: string): Bytes {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Node skips what it cannot read, so null unless writing the bytes gives `text`. */
export function fromBase64url(text: string): Bytes | null {
  const buffer = text.length <= HELD ? held : Buffer.allocUnsafe(text.length);
  const length = buffer.write(text, "base64url");
  return buffer.toString("base64url", 0, length) === text ? new Uint8Array(buffer.subarray(0, length)) : null;
}
