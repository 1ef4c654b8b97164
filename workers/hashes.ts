import { createHash, createHmac } from "node:crypto";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { HashEngine } from "@quasarix/shared/sha256.ts";
import { hmacSha256Short, SHORT_LENGTH, sha256Short, sha256ShortText } from "@quasarix/shared/sha256-short.ts";

const long = (message: Uint8Array) => new Uint8Array(createHash("sha256").update(message).digest());
const sha256 = (message: Uint8Array) => (message.length <= SHORT_LENGTH ? sha256Short(message) : long(message));

/** What hashes fastest in workerd at each length: a call into native code costs as much as six blocks. */
export const workerHashes: HashEngine = {
  sha256,
  hmacSha256: (key, message) =>
    key.length <= 64 && message.length <= SHORT_LENGTH - 64
      ? hmacSha256Short(key, message)
      : new Uint8Array(createHmac("sha256", key).update(message).digest()),
  sha256Text: (ascii) => base64url(ascii.length <= SHORT_LENGTH ? sha256ShortText(ascii) : sha256(utf8(ascii))),
};
