import type { AddressParts } from "./address.ts";
import { type Alignment, align, weightOf } from "./align.ts";
import type { Prepared } from "./prepared.ts";
import { diceOf, editsBetween, wordLikeness } from "./word-likeness.ts";

/** `near`: a slip of one digit, or the number of one is a part of the other's. */
export type Agreement = "equal" | "near" | "different" | "unknown";

export interface AddressesCompared {
  readonly alignment: Alignment;
  readonly known: boolean;
  /** The same in all its parts, and more than a town. */
  readonly equal: boolean;
  readonly least: number;
  readonly most: number;
  readonly dice: number;
  /** As for names: what either has that the other lacks, the lesser of the two. */
  readonly apart: number;
  readonly number: Agreement;
  readonly street: Agreement;
  readonly postcode: Agreement;
  readonly directionsDiffer: boolean;
  readonly kindsDiffer: boolean;
  readonly labelsShared: readonly string[];
  /** Labels that both give, with values of which none is the same. */
  readonly labelsDiffer: readonly string[];
}

const split = (label: string): readonly [string, string] => {
  const at = label.indexOf(" ");
  return [label.slice(0, at), label.slice(at + 1)];
};

/** "21b" is a part of "21", and a letter I or O may be the digit it looks like. */
const bare = (number: string): string =>
  number
    .replace(/^[il](?=\d)/, "1")
    .replace(/(?<=\d)o|o(?=\d)/g, "0")
    .replace(/(?<=\d)[a-z]+$/, "");

function numbersAgree(a: Prepared, b: Prepared): Agreement {
  const [left, right] = [a.parts.numbers, b.parts.numbers];
  if (left.length === 0 || right.length === 0) {
    const rest = left.length === 0 ? right : left;
    const other = left.length === 0 ? a.parts.labelled : b.parts.labelled;
    return rest.some((number) => other.some((label) => label.endsWith(` ${number}`))) ? "near" : "unknown";
  }
  if (left[0] === right[0]) return "equal";
  if (left.some((number) => right.includes(number))) return left.length + right.length > 2 ? "equal" : "near";
  const slips = (x: string, y: string) =>
    bare(x) === bare(y) || (x.length > 2 && y.length > 2 && editsBetween(x, y, 1) === 1);
  return left.some((x) => right.some((y) => slips(x, y))) ? "near" : "different";
}

const found = (street: readonly string[], words: readonly string[]): number =>
  street.filter((part) => words.some((word) => wordLikeness(part, word) > 0.7)).length;

function streetsAgree(a: Prepared, b: Prepared): Agreement {
  const [left, right] = [a.parts.street, b.parts.street];
  if (left.length === 0 || right.length === 0) return "unknown";
  if (wordLikeness(left.join(""), right.join("")) > 0.7) return "equal";
  const [inB, inA] = [found(left, b.parts.words), found(right, a.parts.words)];
  if (inB === left.length || inA === right.length) return inB > 0 && inA > 0 ? "equal" : "near";
  return inB + inA > 0 ? "near" : "different";
}

function postcodesAgree(a: string | null, b: string | null): Agreement {
  if (a === null || b === null) return "unknown";
  if (a === b) return "equal";
  return a.slice(0, 3) === b.slice(0, 3) || editsBetween(a, b, 1) === 1 ? "near" : "different";
}

const differ = (a: readonly string[], b: readonly string[]): boolean =>
  a.length > 0 && b.length > 0 && !a.some((it) => b.includes(it));

function labelsCompared(a: readonly string[], b: readonly string[]) {
  const values = new Map<string, Set<string>>();
  for (const [kind, value] of b.map(split)) values.set(kind, (values.get(kind) ?? new Set()).add(bare(value)));
  const shared = a.filter((label) => b.includes(label));
  const met = a.map(split).filter(([kind]) => values.has(kind));
  const agreed = new Set(met.filter(([kind, value]) => values.get(kind)?.has(bare(value))).map(([kind]) => kind));
  const differing = new Set(met.map(([kind]) => kind).filter((kind) => !agreed.has(kind)));
  return { labelsShared: shared, labelsDiffer: [...differing].sort() };
}

/** Says more than a town: a number, or three words. */
const isDetailed = ({ numbers, labelled, words }: AddressParts): boolean =>
  numbers.length + labelled.length > 0 || words.length > 2;

const equalParts = ({ parts: a }: Prepared, { parts: b }: Prepared): boolean =>
  isDetailed(a) &&
  a.numbers.join() === b.numbers.join() &&
  [...a.labelled].sort().join() === [...b.labelled].sort().join() &&
  a.words.join("") === b.words.join("");

/** Does the address say anything at all? */
export const isLocated = ({ parts: { words, numbers, labelled } }: Prepared): boolean =>
  words.length + numbers.length + labelled.length > 0;

export function compareAddresses(a: Prepared, b: Prepared): AddressesCompared {
  const alignment = align(a.words, b.words);
  const known = isLocated(a) && isLocated(b);
  return {
    alignment,
    known,
    equal: known && equalParts(a, b),
    least: Math.min(alignment.a, alignment.b),
    most: Math.max(alignment.a, alignment.b),
    dice: diceOf(a.addressBigrams, b.addressBigrams),
    apart: Math.min(3, weightOf(alignment.onlyA), weightOf(alignment.onlyB)) / 3,
    number: numbersAgree(a, b),
    street: streetsAgree(a, b),
    postcode: postcodesAgree(a.parts.postcode, b.parts.postcode),
    directionsDiffer: differ(a.parts.directions, b.parts.directions),
    kindsDiffer: differ(a.parts.kinds, b.parts.kinds),
    ...labelsCompared(a.parts.labelled, b.parts.labelled),
  };
}
