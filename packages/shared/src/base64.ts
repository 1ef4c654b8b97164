import type { Bytes } from "./bytes.ts";
import { fromUtf8 } from "./bytes.ts";

const STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

type Alphabet = "base64" | "base64url";
interface NativeBytes {
  toBase64(options: { alphabet: Alphabet; omitPadding: boolean }): string;
}
interface NativeBase64 {
  fromBase64(text: string, options: { alphabet: Alphabet; lastChunkHandling: "strict" }): Bytes;
}
const isNative = "toBase64" in Uint8Array.prototype;
/** Below this a loop is done before the host's function is entered. */
const LONG = 64;

const tableOf = (alphabet: string): Int8Array => {
  const table = new Int8Array(128).fill(-1);
  for (let i = 0; i < 64; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
};
const STANDARD_TABLE = tableOf(STANDARD);
const URL_TABLE = tableOf(URL_SAFE);

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += alphabet[word >>> 18];
    text += alphabet[(word >>> 12) & 63];
    if (left > 1) text += alphabet[(word >>> 6) & 63];
    if (left > 2) text += alphabet[word & 63];
  }
  return text;
}

/** Canonical only: the stray bits of the last character are zero, so that one byte string has one spelling. */
function decode(text: string, table: Int8Array): Bytes | null {
  const tail = text.length % 4;
  if (tail === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  const whole = text.length - tail;
  const valueAt = (i: number): number => table[text.charCodeAt(i)] ?? -1;
  let at = 0;
  for (let i = 0; i < whole; i += 4) {
    // A character outside the alphabet is -1, which makes the whole word negative.
    const quad = (valueAt(i) << 18) | (valueAt(i + 1) << 12) | (valueAt(i + 2) << 6) | valueAt(i + 3);
    if (quad < 0) return null;
    bytes[at++] = quad >>> 16;
    bytes[at++] = quad >>> 8;
    bytes[at++] = quad;
  }
  let word = 0;
  for (let i = whole; i < text.length; i++) word = (word << 6) | valueAt(i);
  if (word < 0) return null;
  if (tail === 2) {
    if ((word & 0xf) !== 0) return null;
    bytes[at] = (word >>> 4) & 0xff;
  } else if (tail === 3) {
    if ((word & 0x3) !== 0) return null;
    bytes[at++] = (word >>> 10) & 0xff;
    bytes[at] = (word >>> 2) & 0xff;
  }
  return bytes;
}

/** The host refuses stray bits only where text is padded; it skips white space and takes padding: then bytes are missing. */
function decodeNative(text: string): Bytes | null {
  const tail = text.length % 4;
  if (tail === 1) return null;
  const padded = tail === 0 ? text : text + (tail === 2 ? "==" : "=");
  try {
    const options = { alphabet: "base64url", lastChunkHandling: "strict" } as const;
    const bytes = (Uint8Array as unknown as NativeBase64).fromBase64(padded, options);
    return bytes.length === Math.floor((text.length * 3) / 4) ? bytes : null;
  } catch {
    return null;
  }
}

/** RFC 4648 section 5 without padding: everything in JSON and JWS. */
export function base64url(bytes: Uint8Array): string {
  if (isNative) return (bytes as unknown as NativeBytes).toBase64({ alphabet: "base64url", omitPadding: true });
  return encode(bytes, URL_SAFE);
}

/** What a host may put in the place of our loops: the same results, faster. */
export interface Base64Engine {
  fromBase64url(text: string): Bytes | null;
}

let engine: Base64Engine = {
  fromBase64url: (text) => (isNative && text.length >= LONG ? decodeNative(text) : decode(text, URL_TABLE)),
};

/** As `useHashEngine`: once at a host's start. */
export function useBase64Engine(native: Base64Engine): void {
  engine = native;
}

/** Null unless `encode(decode(x)) === x` (FORMATS 3.1). */
export const fromBase64url = (text: string): Bytes | null => engine.fromBase64url(text);

/** What each encodes as strict UTF-8, or null; in one step where all of it is ASCII: a statement has dozens of disclosures. */
export const textsFromBase64url = (texts: readonly string[]): readonly (string | null)[] =>
  asciiTexts(texts) ?? texts.map(textFromBase64url);

function textFromBase64url(text: string): string | null {
  const bytes = engine.fromBase64url(text);
  return bytes && fromUtf8(bytes);
}

/** Filled up with "A" to whole words and joined. Stray bits of a text become bits of the filling, which is zero without them. */
function asciiTexts(texts: readonly string[]): string[] | null {
  let joined = "";
  for (const text of texts) {
    const tail = text.length % 4;
    if (tail === 1) return null;
    joined += tail === 0 ? text : text + (tail === 2 ? "AA" : "A");
  }
  const bytes = engine.fromBase64url(joined);
  const all = bytes && fromUtf8(bytes);
  if (all === null || all.length !== bytes?.length) return null;
  const ascii: string[] = [];
  let at = 0;
  for (const text of texts) {
    const end = at + Math.floor((text.length * 3) / 4);
    ascii.push(all.slice(at, end));
    at += 3 * Math.ceil(text.length / 4);
    for (let filling = end; filling < at; filling++) if (bytes[filling] !== 0) return null;
  }
  return ascii;
}

/** Of what we configured or wrote ourselves: throws with `name` on anything but 32 bytes of base64url. */
export function bytes32(text: string, name: string): Bytes {
  const bytes = fromBase64url(text);
  if (bytes?.length !== 32) throw new Error(`${name} is not 32 bytes of base64url`);
  return bytes;
}

/** RFC 4648 section 4 with padding: everything C2SP. */
export function base64(bytes: Uint8Array): string {
  if (isNative) return (bytes as unknown as NativeBytes).toBase64({ alphabet: "base64", omitPadding: false });
  const text = encode(bytes, STANDARD);
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

/** Null unless canonical and padded to a multiple of four. */
export function fromBase64(text: string): Bytes | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return decode(text.slice(0, text.length - padding), STANDARD_TABLE);
}

/** Lower-case: hashes shown to people. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += (byte < 16 ? "0" : "") + byte.toString(16);
  return text;
}

/** Null for anything but an even number of lower-case hex digits. */
export function fromHex(text: string): Bytes | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}
