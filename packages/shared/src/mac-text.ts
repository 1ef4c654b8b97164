import { base64url, fromBase64url } from "./base64.ts";
import type { Bytes } from "./bytes.ts";
import { concat, utf8 } from "./bytes.ts";
import { hmacSha256 } from "./sha256.ts";

const MAC_LENGTH = 16;
/** Bytes of one hash. */
const MOST = 32;

/**
 * b64url of `mac[16] || payload`, which is hidden: handed out and known again. One payload has one text, so whoever holds
 * two knows whether they say the same. `label` names the use and all it is bound to. Throws on more than 32 bytes.
 */
export function macText(key: Bytes, label: string, payload: Bytes): string {
  const mac = macOf(key, label, payload);
  return base64url(concat(mac, hidden(key, mac, payload)));
}

/** The payload, or null unless this key made the text for this very label. */
export function openMacText(key: Bytes, label: string, text: string): Bytes | null {
  const bytes = fromBase64url(text);
  if (!bytes || bytes.length < MAC_LENGTH) return null;
  const mac = bytes.slice(0, MAC_LENGTH);
  if (bytes.length > MAC_LENGTH + MOST) return null;
  const payload = hidden(key, mac, bytes.subarray(MAC_LENGTH));
  return isSame(macOf(key, label, payload), mac) ? payload : null;
}

/** The mac as nonce, as in SIV (RFC 5297): another payload has another one. The same again brings it back. */
function hidden(key: Bytes, mac: Bytes, payload: Uint8Array): Bytes {
  if (payload.length > MOST) throw new RangeError(`${payload.length} bytes are more than ${MOST}`);
  const stream = hmacSha256(key, concat(utf8("hidden\n"), mac));
  return Uint8Array.from(payload, (byte, i) => byte ^ (stream[i] as number));
}

/** The label's length goes first, so that no label and payload read as another pair. */
function macOf(key: Bytes, label: string, payload: Bytes): Bytes {
  const name = utf8(label);
  return hmacSha256(key, concat(utf8(`${name.length}\n`), name, payload)).slice(0, MAC_LENGTH);
}

/** Takes as long for a wrong first byte as for a wrong last one. */
function isSame(a: Bytes, b: Bytes): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] ?? 0);
  return difference === 0;
}
