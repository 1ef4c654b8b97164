import { base64url, fromBase64url } from "./base64.ts";
import type { Bytes } from "./bytes.ts";
import { concat, utf8 } from "./bytes.ts";
import { hmacSha256 } from "./sha256.ts";

const MAC_LENGTH = 16;

/** b64url of `mac[16] || payload`: handed out and known again. The payload is not hidden. `label` names the use and all it is bound to. */
export const macText = (key: Bytes, label: string, payload: Bytes): string =>
  base64url(concat(macOf(key, label, payload), payload));

/** The payload, or null unless this key made the text for this very label. */
export function openMacText(key: Bytes, label: string, text: string): Bytes | null {
  const bytes = fromBase64url(text);
  if (!bytes || bytes.length < MAC_LENGTH) return null;
  const payload = bytes.slice(MAC_LENGTH);
  return isSame(macOf(key, label, payload), bytes.subarray(0, MAC_LENGTH)) ? payload : null;
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
