/** Words in a row that have to agree for a shingle to: fewer are everyday phrases. */
export const SHINGLE_WORDS = 5;

// Scripts that put no spaces between words: there a character stands for a word.
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+/gu;

/** Case, punctuation and spaces tell no two texts apart. */
export const wordsOf = (text: string): string[] => text.normalize("NFKC").toLowerCase().match(WORDS) ?? [];

/** MurmurHash3's finaliser: a permutation of the 32-bit numbers that leaves no pattern of its input. */
export function mix32(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** FNV-1a over UTF-16 units, mixed. */
function hashOf(words: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const word of words) {
    for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0x20, 0x01000193);
  }
  return mix32(hash);
}

/** Hash of each run of five words, in the order of the text; empty of a text with fewer. */
export const shinglesIn = (text: string): number[] => {
  const words = wordsOf(text);
  return Array.from({ length: Math.max(0, words.length - SHINGLE_WORDS + 1) }, (_, at) =>
    hashOf(words.slice(at, at + SHINGLE_WORDS)),
  );
};

/** The set of them over all texts of a report, ascending; no run reaches from one text into the next. */
export function shingleSet(texts: readonly string[]): Uint32Array {
  return Uint32Array.from(new Set(texts.flatMap(shinglesIn))).sort();
}

/** Shared over all: 1 of two equal sets, 0 where nothing is shared. Both ascending, without repeats. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [left, right] = [a[i] as number, b[j] as number];
    if (left === right) shared++;
    if (left <= right) i++;
    if (right <= left) j++;
  }
  const all = a.length + b.length - shared;
  return all === 0 ? 0 : shared / all;
}

/** The longest run of words that both have, as `one` spells it in lower case; at most `limit` words. For people to look it up. */
export function sharedPassage(one: readonly string[], other: readonly string[], limit: number): string {
  const known = new Set(other.flatMap(shinglesIn));
  let best: readonly string[] = [];
  for (const text of one) {
    const words = wordsOf(text);
    let from = 0;
    for (const [at, hash] of shinglesIn(text).entries()) {
      if (!known.has(hash)) from = at + 1;
      else if (at + SHINGLE_WORDS - from > best.length) best = words.slice(from, at + SHINGLE_WORDS);
    }
  }
  return best.slice(0, limit).join(" ");
}
