import { type AddressParts, addressParts } from "./address.ts";
import type { Weighed } from "./align.ts";
import { isTradeWord, nameTokens } from "./name.ts";
import type { MatchPlace } from "./place.ts";
import { type Bigrams, bigramsOf } from "./word-likeness.ts";

/** A place read once, to be compared with many. */
export interface Prepared {
  readonly place: MatchPlace;
  /** In order of spelling. */
  readonly tokens: readonly string[];
  readonly parts: AddressParts;
  /** Words of the address, each once: those of the street weigh most, kinds of area least. */
  readonly words: readonly Weighed[];
  readonly wordSet: ReadonlySet<string>;
  readonly nameBigrams: Bigrams;
  readonly addressBigrams: Bigrams;
}

const AREA_WEIGHT = 0.15;
const FAR_WEIGHT = 0.5;

function weighed({ words, street, areas }: AddressParts): readonly Weighed[] {
  const found = new Map<string, number>();
  const near = new Set(street);
  const far = words.length - 2;
  for (const [i, word] of words.entries())
    if (!found.has(word)) found.set(word, near.has(word) || i < far ? 1 : FAR_WEIGHT);
  for (const word of areas) if (!found.has(word)) found.set(word, AREA_WEIGHT);
  return [...found].map(([word, weight]) => ({ word, weight }));
}

export function prepare(place: MatchPlace): Prepared {
  const tokens = [...nameTokens(place.name)].sort();
  const parts = addressParts(place);
  return {
    place,
    tokens,
    parts,
    words: weighed(parts),
    wordSet: new Set(parts.words),
    nameBigrams: bigramsOf(tokens),
    addressBigrams: bigramsOf([...parts.numbers, ...parts.labelled, ...parts.words]),
  };
}

/** How much a word of a name tells: a trade or the name of the place little, initials less than a word. */
export function nameWeight(token: string, places: (word: string) => boolean): number {
  const base = isTradeWord(token) ? 0.3 : token.length < 3 ? 0.6 : 1;
  return places(token) ? base * 0.4 : base;
}
