import { beginAlike, soundOf } from "./sound.ts";

const DIGIT = /\d/;
const ORDINAL_END = /(?<=\d)(st|nd|rd|th)$/;

const LONGEST = 64;
const rows = [new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1), new Uint8Array(LONGEST + 1)] as const;

/** One row of the table: how many edits make the first `i` letters of `a` into the first letters of `b`. Returns the least. */
function fillRow(a: string, b: string, i: number): number {
  const row = rows[i % 3] as Uint8Array;
  const last = rows[(i + 2) % 3] as Uint8Array;
  const before = rows[(i + 1) % 3] as Uint8Array;
  const letter = a.charCodeAt(i - 1);
  const previous = i > 1 ? a.charCodeAt(i - 2) : -1;
  row[0] = i;
  let least = i;
  for (let j = 1; j <= b.length; j++) {
    const other = b.charCodeAt(j - 1);
    let cost = (last[j - 1] as number) + (letter === other ? 0 : 1);
    cost = Math.min(cost, (last[j] as number) + 1, (row[j - 1] as number) + 1);
    if (j > 1 && letter === b.charCodeAt(j - 2) && previous === other)
      cost = Math.min(cost, (before[j - 2] as number) + 1);
    row[j] = cost;
    if (cost < least) least = cost;
  }
  return least;
}

/** Edits between two words, a swap of neighbours being one; `most` and one more where there are more. */
export function editsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || a.length > LONGEST || b.length > LONGEST) return most + 1;
  const first = rows[0];
  for (let j = 0; j <= b.length; j++) first[j] = j;
  for (let i = 1; i <= a.length; i++) if (fillRow(a, b, i) > most) return most + 1;
  return Math.min(most + 1, (rows[a.length % 3] as Uint8Array)[b.length] as number);
}

/** Which of thirty-two kinds of letter a word has, as bits. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count++;
  return count;
}

const allowed = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : length < 11 ? 2 : 3);

/** How far two words may be one word: 1 the same, 0 not at all. Numbers are the same or they are not. */
export function wordLikeness(a: string, b: string): number {
  if (a === b) return 1;
  if (DIGIT.test(a) || DIGIT.test(b)) return a.replace(ORDINAL_END, "") === b.replace(ORDINAL_END, "") ? 1 : 0;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 3) return 0;
  const most = allowed(long.length);
  const letters = bitsIn(lettersOf(a) ^ lettersOf(b));
  // Each edit changes at most two kinds of letter; of words with few letters in common none is the other.
  if (letters > 2 * most + 2) return 0;
  const edits = letters > 2 * most ? most + 1 : editsBetween(a, b, most);
  if (edits <= most) return 1 - edits / long.length;
  if (short.length >= 4 && long.startsWith(short)) return 0.75;
  if (short.length < 5 || !beginAlike(a, b)) return 0;
  const sound = soundOf(a);
  return sound.length > 2 && sound === soundOf(b) ? 0.75 : 0;
}

/** Pairs of letters of the words, each word with a mark at both ends, as numbers in order. */
export type Bigrams = Int32Array;

const MARK = 1;

export function bigramsOf(words: readonly string[]): Bigrams {
  const pairs = new Int32Array(words.reduce((sum, word) => sum + word.length + 1, 0));
  let at = 0;
  for (const word of words) {
    let before = MARK;
    for (let i = 0; i <= word.length; i++) {
      const letter = i === word.length ? MARK : word.charCodeAt(i);
      pairs[at++] = (before << 16) | letter;
      before = letter;
    }
  }
  return pairs.sort();
}

/** Twice what is shared over all of it: 0 to 1, whatever the order of the words. */
export function diceOf(a: Bigrams, b: Bigrams): number {
  let [i, j, shared] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const difference = (a[i] as number) - (b[j] as number);
    if (difference === 0) shared++;
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}
