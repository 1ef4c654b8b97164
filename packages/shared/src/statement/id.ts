// 128 bits in b64url: 22 characters, the last of which carries two bits.
const RANDOM_128 = /^[A-Za-z0-9_-]{21}[AQgw]$/;
const ORGANISATION = /^org_[A-Za-z0-9_-]{21}[AQgw]$/;
const SITE = /^site_[A-Za-z0-9_-]{21}[AQgw]$/;
// A log origin is a key name of a signed note: not empty, no space, no `+`, no control character.
const ORIGIN = /^[^\s+\p{Cc}]+$/u;

/** 128 random bits in b64url: a `jti`, a salt. */
export const isRandom128 = (text: unknown): text is string => typeof text === "string" && RANDOM_128.test(text);
export const isOrganisationId = (text: unknown): text is string => typeof text === "string" && ORGANISATION.test(text);
export const isSiteId = (text: unknown): text is string => typeof text === "string" && SITE.test(text);

/** The consortium's id is its log origin; `org_` and `site_` are never the start of one. */
export const isConsortiumId = (text: unknown): text is string =>
  typeof text === "string" && ORIGIN.test(text) && !text.startsWith("org_") && !text.startsWith("site_");

// 256 bits: the last of 43 characters carries four bits and two zeros.
const HASH_END = "AEIMQUYcgkosw048";
const IN_ALPHABET = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[A-Za-z0-9_-]/.test(String.fromCharCode(code))),
);

/** 32 bytes in canonical b64url: statement hashes, kids, digests, commitments. A third of a pattern's price: a statement has dozens. */
export function isHashText(text: unknown): text is string {
  if (typeof text !== "string" || text.length !== 43 || !HASH_END.includes(text.charAt(42))) return false;
  for (let i = 0; i < 42; i++) if (IN_ALPHABET[text.charCodeAt(i)] !== 1) return false;
  return true;
}
