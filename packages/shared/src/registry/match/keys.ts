import { type AddressParts, addressParts } from "./address.ts";
import { isTradeWord, nameTokens } from "./name.ts";
import type { MatchPlace } from "./place.ts";
import { soundOf } from "./sound.ts";

const MOST = 24;
const LONGEST = 80;

/** As it sounds, where that leaves enough of the word. */
function sounding(word: string): string {
  const sound = soundOf(word);
  return sound.length > 2 ? sound : word;
}

/**
 * The words that say most first: own names before those of the place, both before trades, long before short; ties by
 * spelling, so that order in the name is nothing.
 */
const telling = (tokens: readonly string[], places: ReadonlySet<string>): readonly string[] =>
  [...tokens].sort(
    (a, b) =>
      Number(isTradeWord(a)) - Number(isTradeWord(b)) ||
      Number(places.has(a)) - Number(places.has(b)) ||
      Number(b.length > 2) - Number(a.length > 2) ||
      b.length - a.length ||
      (a < b ? -1 : 1),
  );

function pairsOf(words: readonly string[]): string[] {
  return words.flatMap((a, i) => words.slice(i + 1).map((b) => (a < b ? `${a}+${b}` : `${b}+${a}`)));
}

/** House number with a word of the street, or with the postcode; the parts of an estate with its name. */
function addressKeys({ numbers, labelled, street, words, postcode }: AddressParts): string[] {
  const near = street.length > 0 ? street : words.slice(0, 2);
  const joined = near.length > 1 ? [near.join("")] : [];
  const beside = [...near, ...joined].map(sounding);
  const houses = numbers.slice(0, 2).flatMap((number) => beside.map((word) => `h:${number}:${word}`));
  const parts =
    labelled.length > 0 ? words.slice(0, 2).map((word) => `l:${[...labelled].sort().join(",")}:${sounding(word)}`) : [];
  const posted = postcode === null ? [] : numbers.slice(0, 2).map((number) => `z:${postcode}:${number}`);
  return [...posted, ...houses, ...parts];
}

/** Keys that need the country beside them to be rare. */
function nameKeys(tokens: readonly string[], { words, postcode }: AddressParts): string[] {
  const own = telling(tokens, new Set(words));
  const first = own.slice(0, 2);
  const places = [...new Set(words.slice(-3))];
  const whole = [...tokens].sort().join("");
  return [
    `w:${whole.slice(0, 40)}`,
    ...pairsOf(own.slice(0, 3)).map((pair) => `p:${pair}`),
    ...first.flatMap((token) => places.map((place) => `c:${sounding(token)}:${sounding(place)}`)),
    ...(postcode === null ? [] : first.map((token) => `y:${token.slice(0, 5)}:${postcode}`)),
    ...first.filter((token) => !isTradeWord(token)).map((token) => `t:${token}`),
    ...first.filter((token) => !isTradeWord(token) && token.length > 4).map((token) => `s:${sounding(token)}`),
  ];
}

/**
 * Keys for an index of candidates: two records of one site share at least one, most of the time. The most telling come
 * first. At most 24 keys of at most 80 characters; each begins with its kind. Keys of a name carry the country.
 */
export function siteKeys(place: MatchPlace): readonly string[] {
  const parts = addressParts(place);
  const country = (parts.country ?? "").toLowerCase();
  const known = (place.identifiers ?? []).map(({ scheme, value }) => `i:${scheme}=${value}`);
  const named = nameKeys(nameTokens(place.name), parts).map((key) => `${key}@${country}`);
  const all = [...known.slice(0, 4), ...addressKeys(parts), ...named].map((key) => key.slice(0, LONGEST));
  return [...new Set(all)].slice(0, MOST);
}
