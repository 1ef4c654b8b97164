import { unreachable } from "../../result.ts";
import { type Agreement, isLocated } from "./compare-addresses.ts";
import type { Weighing } from "./evidence.ts";
import type { Prepared } from "./prepared.ts";

type Words = readonly string[];
type Known = Exclude<Agreement, "unknown">;

/** One fact for or against. `a` is what the first place says, `b` the second. */
export type Reason =
  | {
      readonly is: "identifier";
      readonly scheme: string;
      readonly equal: boolean;
      readonly a: string;
      readonly b: string;
    }
  | { readonly is: "country"; readonly a: string; readonly b: string }
  | { readonly is: "name-equal" }
  | { readonly is: "name-shared"; readonly words: Words }
  | { readonly is: "name-differs"; readonly a: Words; readonly b: Words }
  | { readonly is: "address-missing"; readonly a: boolean; readonly b: boolean }
  | { readonly is: "address-equal" }
  | { readonly is: "number"; readonly agreement: Known; readonly a: Words; readonly b: Words }
  | { readonly is: "label"; readonly equal: boolean; readonly a: Words; readonly b: Words }
  | { readonly is: "street"; readonly agreement: Known; readonly a: Words; readonly b: Words }
  | { readonly is: "direction"; readonly a: Words; readonly b: Words }
  | { readonly is: "postcode"; readonly agreement: Known; readonly a: string; readonly b: string }
  | { readonly is: "address-shared"; readonly words: Words }
  | { readonly is: "address-differs"; readonly a: Words; readonly b: Words }
  | { readonly is: "distance"; readonly metres: number };

/** The same fact with the places in the other order. */
export function turned(reason: Reason): Reason {
  switch (reason.is) {
    case "identifier":
      return { ...reason, a: reason.b, b: reason.a };
    case "country":
      return { ...reason, a: reason.b, b: reason.a };
    case "address-missing":
      return { ...reason, a: reason.b, b: reason.a };
    case "postcode":
      return { ...reason, a: reason.b, b: reason.a };
    case "name-differs":
    case "number":
    case "label":
    case "street":
    case "direction":
    case "address-differs":
      return { ...reason, a: reason.b, b: reason.a };
    case "name-equal":
    case "name-shared":
    case "address-equal":
    case "address-shared":
    case "distance":
      return reason;
  }
}

const spelt = (words: readonly { readonly word: string }[]): Words => words.map(({ word }) => word).sort();

function* nameReasons({ compared: { names } }: Weighing): Generator<Reason> {
  const { shared, onlyA, onlyB } = names.alignment;
  if (names.equal) return yield { is: "name-equal" };
  if (shared.length > 0) yield { is: "name-shared", words: [...shared].sort() };
  if (onlyA.length + onlyB.length > 0) yield { is: "name-differs", a: spelt(onlyA), b: spelt(onlyB) };
}

function* partReasons({ parts: a }: Prepared, { parts: b }: Prepared, weighing: Weighing): Generator<Reason> {
  const { number, street, postcode, directionsDiffer, labelsShared, labelsDiffer } = weighing.compared.addresses;
  if (number !== "unknown") yield { is: "number", agreement: number, a: a.numbers, b: b.numbers };
  if (labelsShared.length > 0) yield { is: "label", equal: true, a: labelsShared, b: labelsShared };
  const differing = (labels: Words) => labels.filter((label) => labelsDiffer.includes(label.split(" ")[0] ?? ""));
  if (labelsDiffer.length > 0) yield { is: "label", equal: false, a: differing(a.labelled), b: differing(b.labelled) };
  if (street !== "unknown") yield { is: "street", agreement: street, a: a.street, b: b.street };
  if (directionsDiffer) yield { is: "direction", a: a.directions, b: b.directions };
  if (postcode !== "unknown" && a.postcode !== null && b.postcode !== null)
    yield { is: "postcode", agreement: postcode, a: a.postcode, b: b.postcode };
}

const TELLING = 0.5;

function* addressReasons(a: Prepared, b: Prepared, weighing: Weighing): Generator<Reason> {
  const { addresses } = weighing.compared;
  if (!addresses.known) return yield { is: "address-missing", a: !isLocated(a), b: !isLocated(b) };
  if (addresses.equal) return yield { is: "address-equal" };
  yield* partReasons(a, b, weighing);
  const { shared, onlyA, onlyB } = addresses.alignment;
  const near = new Set([...a.parts.street, ...b.parts.street]);
  const others = shared.filter((word) => !near.has(word));
  if (others.length > 0) yield { is: "address-shared", words: [...others].sort() };
  const telling = (words: typeof onlyA) => spelt(words.filter(({ weight }) => weight >= TELLING));
  if (telling(onlyA).length + telling(onlyB).length > 0)
    yield { is: "address-differs", a: telling(onlyA), b: telling(onlyB) };
}

/** Every fact that was weighed, the strongest kinds first. */
export function reasonsFor(a: Prepared, b: Prepared, weighing: Weighing): readonly Reason[] {
  const { schemes, metres, countriesDiffer } = weighing;
  const { country: here } = a.parts;
  const { country: there } = b.parts;
  return [
    ...schemes.map(
      ({ scheme, equal, a: mine, b: theirs }): Reason => ({ is: "identifier", scheme, equal, a: mine, b: theirs }),
    ),
    ...(countriesDiffer && here !== null && there !== null ? [{ is: "country" as const, a: here, b: there }] : []),
    ...nameReasons(weighing),
    ...addressReasons(a, b, weighing),
    ...(metres === null ? [] : [{ is: "distance" as const, metres }]),
  ];
}

const list = (words: Words): string => (words.length === 0 ? "nothing" : words.join(", "));
const against = (a: Words, b: Words): string => `${list(a)} / ${list(b)}`;
const HOW: Readonly<Record<Known, string>> = { equal: "the same", near: "nearly the same", different: "different" };

const farText = (metres: number): string =>
  metres < 1_000 ? `${metres} m` : `${(metres / 1_000).toFixed(metres < 10_000 ? 1 : 0)} km`;

/** Near: words of one street stand somewhere in the other address, be it as its town. */
function streetSays({ agreement, a, b }: Extract<Reason, { is: "street" }>): string {
  if (agreement === "equal") return `same street ${a.join(" ")}`;
  const says = agreement === "near" ? "words of one street stand in the other address" : "streets are different";
  return `${says}: ${a.join(" ")} / ${b.join(" ")}`;
}

/** One short sentence for a person. */
export function reasonSays(reason: Reason): string {
  switch (reason.is) {
    case "identifier":
      return reason.equal
        ? `same ${reason.scheme} ${reason.a}`
        : `different ${reason.scheme}: ${reason.a} / ${reason.b}`;
    case "country":
      return `different countries: ${reason.a} / ${reason.b}`;
    case "name-equal":
      return "names have the same words";
    case "name-shared":
      return `names share ${list(reason.words)}`;
    case "name-differs":
      return `only in one name: ${against(reason.a, reason.b)}`;
    case "address-missing":
      return reason.a && reason.b
        ? "neither address is known"
        : `the ${reason.a ? "first" : "second"} address is not known`;
    case "address-equal":
      return "addresses are the same";
    case "number":
      return reason.agreement === "equal"
        ? `same house number ${list(reason.a.filter((it) => reason.b.includes(it)))}`
        : `house numbers are ${HOW[reason.agreement]}: ${against(reason.a, reason.b)}`;
    case "label":
      return reason.equal ? `same ${list(reason.a)}` : `different parts: ${against(reason.a, reason.b)}`;
    case "street":
      return streetSays(reason);
    case "direction":
      return `different directions: ${against(reason.a, reason.b)}`;
    case "postcode":
      return reason.agreement === "equal"
        ? `same postcode ${reason.a}`
        : `postcodes are ${HOW[reason.agreement]}: ${reason.a} / ${reason.b}`;
    case "address-shared":
      return `addresses share ${list(reason.words)}`;
    case "address-differs":
      return `only in one address: ${against(reason.a, reason.b)}`;
    case "distance":
      return `${farText(reason.metres)} apart`;
    default:
      return unreachable(reason);
  }
}
