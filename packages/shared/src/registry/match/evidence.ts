import { isRelated } from "./country-words.ts";
import { metresBetween } from "./distance.ts";
import { type Compared, compare, type Features, featuresOf } from "./features.ts";
import { type SharedScheme, sharedSchemes } from "./identity.ts";
import type { Prepared } from "./prepared.ts";

/** What the rules about numbers, countries and distance make of a pair, beside what is learnt from words. */
export interface Evidence {
  readonly features: Features;
  /** Added to the log odds. */
  readonly shift: number;
  /** Set apart by country, or one by a site's own number, whatever the words say. */
  readonly ruled: "distinct" | "one" | null;
  /** Something stands against saying `same` without asking. */
  readonly doubt: boolean;
  /** Country, distance or another number of its own say that a site's number was copied wrongly. */
  readonly contradicted: boolean;
  /** One of them has no name. */
  readonly nameless: boolean;
  /** Nothing is known of where one of them is. */
  readonly nowhere: boolean;
  /** Enough in common in the names to stand alone: two words of their own, all of them shared. */
  readonly tellingName: boolean;
  readonly namesOpposed: boolean;
}

export interface Weighing {
  readonly compared: Compared;
  readonly schemes: readonly SharedScheme[];
  readonly metres: number | null;
  readonly countriesDiffer: boolean;
  /** They differ, and no list would take one for the other. */
  readonly countriesApart: boolean;
}

export function weigh(a: Prepared, b: Prepared): Weighing {
  const [here, there] = [a.parts.country, b.parts.country];
  return {
    compared: compare(a, b),
    schemes: sharedSchemes(a.place.identifiers, b.place.identifiers),
    metres: metresBetween(a.place, b.place),
    countriesDiffer: here !== null && there !== null && here !== there,
    countriesApart: here !== null && there !== null && here !== there && !isRelated(here, there),
  };
}

/** Metres, and what they add. Set by hand: no labelled pair has coordinates, and geocoders put towns on one point and streets in the wrong town. */
const BY_DISTANCE: readonly (readonly [number, number])[] = [
  [150, 0.75],
  [1_000, 0.25],
  [10_000, 0],
  [50_000, -0.5],
  [250_000, -1.25],
];

function distanceShift(metres: number | null): number {
  if (metres === null) return 0;
  return BY_DISTANCE.find(([within]) => metres <= within)?.[1] ?? -2.5;
}

const schemeShift = ({ of, equal }: SharedScheme): number => (of === "company" ? (equal ? 1 : -0.5) : equal ? 4 : -2);

const FAR = 25_000;

function doubtIn({ compared: { names, addresses }, schemes, metres }: Weighing): boolean {
  const elsewhere =
    addresses.number === "different" || addresses.number === "near" || addresses.labelsDiffer.length > 0;
  const numbered = schemes.some(({ of, equal }) => of === "site" && !equal);
  const streets = addresses.directionsDiffer || addresses.postcode === "different";
  const otherName = names.numbersDiffer || names.tradesApart || names.apart > 0.2;
  return elsewhere || streets || numbered || otherName || (metres ?? 0) > FAR;
}

export function evidenceOf(weighing: Weighing): Evidence {
  const { compared, schemes, metres, countriesDiffer, countriesApart } = weighing;
  const { names, addresses } = compared;
  const one = schemes.some(({ of, equal }) => of === "site" && equal);
  return {
    features: featuresOf(compared),
    shift: schemes.reduce((sum, scheme) => sum + schemeShift(scheme), distanceShift(metres)),
    ruled: one ? "one" : countriesApart ? "distinct" : null,
    doubt: countriesDiffer || doubtIn(weighing),
    contradicted: countriesDiffer || (metres ?? 0) > FAR || schemes.some(({ of, equal }) => of === "site" && !equal),
    nameless: names.telling === 0,
    nowhere: !addresses.known,
    tellingName: names.own === 1 && names.telling >= 1.6 && names.least > 0.75,
    namesOpposed: names.most < 0.4 && !names.acronym,
  };
}
