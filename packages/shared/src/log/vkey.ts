import { base64, fromBase64, fromHex, hex } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { concat, equal, utf8 } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { sha256 } from "../sha256.ts";

/** FORMATS 4: 1 is an Ed25519 note key (a log's), 4 an Ed25519 cosignature key (a witness's). */
export type KeyType = 1 | 4;

export interface VerifierKey {
  readonly name: string;
  /** 4 bytes. */
  readonly id: Bytes;
  readonly type: KeyType;
  readonly publicKey: Bytes;
  /** The vkey as it was written; equal text is an equal key. */
  readonly text: string;
}

export type VkeyReason = "vkey-form" | "vkey-name" | "vkey-type" | "vkey-id";
export type VkeyRefusal = { readonly reason: VkeyReason };

const refuse = (reason: VkeyReason): Result<VerifierKey, VkeyRefusal> => fail({ reason });

/** FORMATS 4: not empty, no space, no `+`; a control byte or a lone surrogate could not stand in a note either. */
export const isKeyName = (name: string): boolean => name.isWellFormed() && /^[^\s+\p{Cc}]+$/u.test(name);

/** FORMATS 4: `SHA-256(name || LF || type || pubkey)[0:4]`. */
export const keyId = (name: string, type: KeyType, publicKey: Bytes): Bytes =>
  sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);

/** Requires `isKeyName(name)`. */
export const formatVkey = (name: string, type: KeyType, publicKey: Bytes): string =>
  `${name}+${hex(keyId(name, type, publicKey))}+${base64(concat(Uint8Array.of(type), publicKey))}`;

/** Requires `isKeyName(name)` and an admitted key. */
export const verifierKey = (name: string, type: KeyType, publicKey: Bytes): VerifierKey => ({
  name,
  id: keyId(name, type, publicKey),
  type,
  publicKey,
  text: formatVkey(name, type, publicKey),
});

/** Form and key id only; whether the point is admissible (FORMATS 3.2) is asked where the key gets trusted. */
export function parseVkey(text: string): Result<VerifierKey, VkeyRefusal> {
  // FORMATS 4: split at the first two `+`, since base64 may hold more of them.
  const parts = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text);
  if (!parts) return refuse("vkey-form");
  const [, name, idText, keyText] = parts as unknown as [string, string, string, string];
  if (!isKeyName(name)) return refuse("vkey-name");
  const id = fromHex(idText);
  const typed = fromBase64(keyText);
  if (id?.length !== 4 || !typed || typed.length === 0) return refuse("vkey-form");
  const type = typed[0] as number;
  if (type !== 1 && type !== 4) return refuse("vkey-type");
  const publicKey = typed.slice(1);
  if (publicKey.length !== 32) return refuse("vkey-form");
  if (!equal(id, keyId(name, type, publicKey))) return refuse("vkey-id");
  return ok({ name, id, type, publicKey, text });
}
