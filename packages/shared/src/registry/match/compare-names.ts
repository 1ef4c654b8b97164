import { type Alignment, align, type Weighed, weightOf } from "./align.ts";
import { isTradeWord } from "./name.ts";
import { nameWeight, type Prepared } from "./prepared.ts";
import { diceOf } from "./word-likeness.ts";

export interface NamesCompared {
  readonly alignment: Alignment;
  /** The same words, in whatever order. */
  readonly equal: boolean;
  readonly least: number;
  readonly most: number;
  readonly dice: number;
  /** What either has of its own that the other lacks, the lesser of the two: 0 where one name contains the other. */
  readonly apart: number;
  /** Both name a trade or a place that the other does not. */
  readonly tradesApart: boolean;
  /** How much of the words that are neither trade nor place is shared, on the side with less; 1 where there are none. */
  readonly own: number;
  /** Both are numbered, and by no number in common. */
  readonly numbersDiffer: boolean;
  readonly acronym: boolean;
  /** How much the less telling of the two names tells: about one for each word of its own. */
  readonly telling: number;
}

const isNumber = (token: string) => /^\d+$/.test(token);

const letters = (word: string) => [...word].sort().join("");

/** Is one word made of the first letters of the other name's words? Their order is left open, as that of the words is. */
function isAcronym(a: readonly string[], b: readonly string[]): boolean {
  const initials = letters(b.map((token) => token[0] ?? "").join(""));
  return b.length > 2 && a.some((token) => letters(token) === initials);
}

const tradeIn = (words: readonly Weighed[]): boolean => words.some(({ word }) => isTradeWord(word));

/** A word of its own weighs 0.6 or more; a trade's or a place's less. */
const OWN = 0.5;

function ownShare(tokens: readonly Weighed[], only: readonly Weighed[]): number {
  const own = (words: readonly Weighed[]) => weightOf(words.filter(({ weight }) => weight > OWN));
  const all = own(tokens);
  return all === 0 ? 1 : 1 - own(only) / all;
}

const unlike = (words: readonly Weighed[]): number =>
  weightOf(words.filter(({ word }) => !isNumber(word) && !isTradeWord(word)));

export function compareNames(a: Prepared, b: Prepared): NamesCompared {
  const isPlace = (word: string) => a.wordSet.has(word) || b.wordSet.has(word);
  const weigh = (tokens: readonly string[]) => tokens.map((word) => ({ word, weight: nameWeight(word, isPlace) }));
  const [left, right] = [weigh(a.tokens), weigh(b.tokens)];
  const alignment = align(left, right);
  const numbers = [a.tokens.filter(isNumber), b.tokens.filter(isNumber)] as const;
  const dice = diceOf(a.nameBigrams, b.nameBigrams);
  return {
    alignment,
    equal: alignment.onlyA.length === 0 && alignment.onlyB.length === 0 && alignment.a === 1 && alignment.b === 1,
    least: Math.min(alignment.a, alignment.b),
    most: Math.max(alignment.a, alignment.b),
    dice,
    apart: Math.min(2, unlike(alignment.onlyA), unlike(alignment.onlyB)) / 2,
    tradesApart: tradeIn(alignment.onlyA) && tradeIn(alignment.onlyB),
    own: Math.min(ownShare(left, alignment.onlyA), ownShare(right, alignment.onlyB)),
    numbersDiffer: numbers.every((of) => of.length > 0) && !numbers[0].some((it) => numbers[1].includes(it)),
    acronym: isAcronym(a.tokens, b.tokens) || isAcronym(b.tokens, a.tokens),
    telling: Math.min(weightOf(left), weightOf(right)),
  };
}
