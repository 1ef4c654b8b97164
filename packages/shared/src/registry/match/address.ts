import { addressPieces, type Piece } from "./address-pieces.ts";
import { countryAtEnd, countryOf } from "./country-words.ts";
import type { MatchPlace } from "./place.ts";
import { cutPostcode, postcodeOf } from "./postcode.ts";
import { fold, plain, wordsOf } from "./text.ts";

export interface AddressParts {
  /** ISO 3166-1 alpha-2: as given, else as the address says. */
  readonly country: string | null;
  readonly postcode: string | null;
  /** Numbers without a label, or with "No." only, in order: mostly of the house. */
  readonly numbers: readonly string[];
  /** "plot 12", "block 34", "floor 3", in order. */
  readonly labelled: readonly string[];
  /** The words of the street's name. */
  readonly street: readonly string[];
  /** Kinds of street: "rd", "ave". */
  readonly kinds: readonly string[];
  /** "n", "sw". */
  readonly directions: readonly string[];
  /** All telling words, the street's among them, in order. */
  readonly words: readonly string[];
  /** Words for kinds of area and building. */
  readonly areas: readonly string[];
}

/** What people write where they know no address. */
const NOTHING = new Set([
  "na",
  "n a",
  "none",
  "null",
  "nil",
  "unknown",
  "tbd",
  "tbc",
  "x",
  "xx",
  "not available",
  "not known",
]);

/** The address with city and region behind it where it does not name them itself, and without the name before it. */
function wholeAddress({ name, address = "", city = "", region = "" }: MatchPlace): string {
  const folded = fold(address);
  if (NOTHING.has(folded)) return [city, region].filter((part) => part !== "").join(", ");
  const missing = [city, region].filter((part) => part !== "" && !` ${folded} `.includes(` ${fold(part)} `));
  const own = wordsOf(fold(name));
  const head = wordsOf(folded).slice(0, own.length);
  const isNamed = own.length > 1 && folded.length > head.join(" ").length && sameWords(own, head);
  const rest = isNamed ? withoutFirst(plain(address), head) : address;
  return [rest, ...missing].filter((part) => part !== "").join(", ");
}

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join();

const between = (words: readonly string[]): string => words.join("[^\\p{L}\\p{N}]*");

const withoutFirst = (text: string, words: readonly string[]): string =>
  text.replace(new RegExp(`^[^\\p{L}\\p{N}]*${between(words)}`, "u"), "");

const withoutLast = (text: string, words: readonly string[]): string =>
  text.replace(new RegExp(`${between(words)}(?=[^\\p{L}]*$)`, "u"), "").trim();

interface Located {
  readonly text: string;
  readonly country: string | null;
}

const POSTCODE_AT_END = /^\d{5,6}$/;

/** The text without the country's name at its end, which may stand there twice or before a postcode. */
function locate(place: MatchPlace): Located {
  const given = countryOf(place.country);
  let text = plain(wholeAddress(place)).trim();
  let words = wordsOf(fold(text));
  let country = given;
  for (let times = 0; times < 2; times++) {
    const named = POSTCODE_AT_END.test(words.at(-1) ?? "") ? words.slice(0, -1) : words;
    const end = countryAtEnd(named) ?? countryAtEnd(words);
    if (!end || (given !== null && end.code !== given)) break;
    country = end.code;
    if (end.words === 0) break;
    text = withoutLast(text, named.slice(-end.words));
    words = named.slice(0, -end.words);
  }
  return { text, country };
}

const isWord = (piece: Piece | undefined): piece is Piece & { is: "word" } => piece?.is === "word";

/** Words in one run from `at`, in the direction `step`, over directions; none beyond the third. */
function run(pieces: readonly Piece[], at: number, step: 1 | -1, areas = false): string[] {
  const words: string[] = [];
  for (let i = at; words.length < 3; i += step) {
    const piece = pieces[i];
    if (isWord(piece) || (areas && piece?.is === "area")) words.push(piece.word);
    else if (piece?.is !== "direction") break;
  }
  return step === 1 ? words : words.reverse();
}

/** The street whose kind stands at `at`: "Grand Ave", "Jalan Maligi", and for want of other words "Museum Campus Dr". */
function beside(pieces: readonly Piece[], at: number): readonly string[] {
  const tries = [() => run(pieces, at - 1, -1), () => run(pieces, at + 1, 1), () => run(pieces, at - 1, -1, true)];
  for (const words of tries) {
    const found = words();
    if (found.length > 0) return found;
  }
  return [];
}

/** The name beside the first kind of street that has one; else the words next to the first number. */
function streetOf(pieces: readonly Piece[]): readonly string[] {
  for (const [i, piece] of pieces.entries()) {
    if (piece.is !== "street") continue;
    const name = beside(pieces, i);
    if (name.length > 0) return name;
  }
  const number = pieces.findIndex((piece) => piece.is === "number");
  const after = run(pieces, number + 1, 1).slice(0, 2);
  return after.length > 0 ? after : run(pieces, number - 1, -1).slice(-2);
}

const FOUR_DIGITS = new Set("AT AU BD BE BG CH CY DK GE HU LU LV MK NO NZ PH SI TN ZA".split(" "));

/** The number at the end that no label claims and that is as long as a postcode, with words before it. */
function postcodeAt(pieces: readonly Piece[], country: string | null): number {
  const form = country !== null && FOUR_DIGITS.has(country) ? /^\d{4}$/ : /^\d{5,6}$/;
  const fits = (piece: Piece) => piece.is === "number" && piece.label === null && form.test(piece.value);
  const at = pieces.findLastIndex(fits);
  const before = pieces.slice(0, Math.max(at, 0)).filter((piece) => piece.is === "word" || piece.is === "street");
  return before.length >= 2 ? at : -1;
}

const picked = <K extends Piece["is"]>(pieces: readonly Piece[], is: K) =>
  pieces.filter((piece): piece is Extract<Piece, { is: K }> => piece.is === is);

/** What an address says, part by part. Written for comparing: nothing can be printed from it. */
export function addressParts(place: MatchPlace): AddressParts {
  const located = locate(place);
  const cut = cutPostcode(located.text, located.country);
  const all = addressPieces(cut.text);
  const at = cut.postcode === null ? postcodeAt(all, located.country) : -1;
  const found = all[at];
  const pieces = all.filter((_, i) => i !== at);
  const numbers = picked(pieces, "number");
  const given = place.postcode === undefined ? null : postcodeOf(place.postcode);
  const bare = numbers.filter(({ label }) => label === null || label === "no").map(({ value }) => value);
  return {
    country: located.country,
    postcode: given ?? cut.postcode ?? (found?.is === "number" ? found.value : null),
    numbers: bare.filter((value) => value !== given),
    labelled: numbers.flatMap(({ label, value }) => (label === null || label === "no" ? [] : [`${label} ${value}`])),
    street: streetOf(pieces),
    kinds: picked(pieces, "street").map(({ code }) => code),
    directions: picked(pieces, "direction").map(({ code }) => code),
    words: picked(pieces, "word").map(({ word }) => word),
    areas: picked(pieces, "area").map(({ word }) => word),
  };
}
