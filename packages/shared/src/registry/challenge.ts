import type { Bytes } from "../bytes.ts";
import { concat, readU64be, u64be } from "../bytes.ts";
import { macText, openMacText } from "../mac-text.ts";
import type { RandomBytes } from "../ports.ts";

const LIFETIME_MS = 10 * 60_000;
const labelOf = (org: string): string => `quasarix/key-challenge/v1\n${org}`;

/**
 * FORMATS 3.2: what a new key of `org` signs (see `possessionBytes`). Nothing is stored: the text carries its own end. It may
 * serve twice, which proves no more than once, since the signature names organisation and key.
 */
export function keyChallenge(ports: { readonly key: Bytes; readonly random: RandomBytes }, org: string, now: number) {
  const expiresAt = now + LIFETIME_MS;
  return { challenge: macText(ports.key, labelOf(org), concat(u64be(expiresAt), ports.random(16))), expiresAt };
}

/** Whether this challenge was given to this organisation and has not ended. */
export function isOwnChallenge(key: Bytes, org: string, challenge: string, now: number): boolean {
  const payload = openMacText(key, labelOf(org), challenge);
  const expiresAt = payload?.length === 24 ? readU64be(payload, 0) : null;
  return expiresAt !== null && now < expiresAt;
}
