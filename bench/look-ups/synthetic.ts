import type { SitePlace } from "@quasarix/shared/registry/site.ts";

/** Whole numbers below `of`, the same ones for the same seed. */
export type Dice = (of: number) => number;

/** A run of its own for each seed, so that site number n is the same whatever was made before it. */
export function diceOf(seed: number): Dice {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  return (of) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * of);
  };
}

/** Zipf's law as words and cities follow it: the k-th is as frequent as 1/k. */
const zipf = (dice: Dice, of: number): number =>
  Math.min(of - 1, Math.floor(Math.exp((dice(1e6) / 1e6) * Math.log(of + 1))) - 1);
const pick = <T>(dice: Dice, from: readonly T[]): T => from[dice(from.length)] as T;

const list = (text: string): readonly string[] => text.split(" ");
const STARTS = list(
  "ba be bi bo ka ke ki ko da de di do fa ga go ha ja jo la le li lo ma me mi mo na ne ni no pa po ra re ri ro sa se si so ta te ti to va vi wa ya zo shi che tru gra",
);
const ENDS = list("n r l m s x nd rt st k ng th");
const TRADES = list(
  "textile garments apparels fashion knitwear denim spinning dyeing leather footwear electronics plastics foods packaging metal chemical",
);
const KINDS = list("industries mills works company group international enterprises factory products manufacturing");
const FORMS = ["Ltd", "Limited", "Pvt Ltd", "Co., Ltd.", "LLC", "GmbH", "S.A.", "Inc."];
const STREETS = ["Road", "Street", "Avenue", "Lane", "Highway"];
const COUNTRIES = list("CN BD IN VN TR PK ID KH LK PT IT MX EG TH MY PL RO MA TN ET");
const VOCABULARY = 200_000;
const CITIES = 60;
const PARKS = 30;
const IN_PARKS = 0.4;

/** The n-th word of a language that nobody speaks. */
function word(n: number): string {
  const parts: string[] = [];
  for (let rest = n + STARTS.length; rest > 0; rest = Math.floor(rest / STARTS.length))
    parts.push(STARTS[rest % STARTS.length] as string);
  return `${parts.join("")}${ENDS[n % ENDS.length]}`;
}
const titled = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function nameOf(dice: Dice): string {
  const own = Array.from({ length: 1 + dice(2) }, () => titled(word(zipf(dice, VOCABULARY))));
  const trade = titled(pick(dice, TRADES));
  return [...own, trade, ...(dice(2) === 0 ? [titled(pick(dice, KINDS))] : []), pick(dice, FORMS)].join(" ");
}

/** Most of a country's mills are in a few cities, and many of them share a park. */
function addressOf(dice: Dice, country: number): Pick<SitePlace, "address" | "city" | "postcode"> {
  const city = zipf(dice, CITIES);
  const about = {
    city: titled(word(1_000 + country * CITIES + city)),
    postcode: `${10_000 + country * 700 + city * 10 + dice(6)}`,
  };
  if (dice(100) < IN_PARKS * 100) {
    const park = titled(word(5_000 + (country * CITIES + city) * PARKS + zipf(dice, PARKS)));
    return {
      ...about,
      address: `Plot ${1 + dice(400)}, Block ${pick(dice, list("A B C D E F"))}, ${park} Industrial Park`,
    };
  }
  const street = titled(word(zipf(dice, 20_000)));
  return { ...about, address: `${1 + dice(300)} ${street} ${pick(dice, STREETS)}` };
}

/** The site of this number in a registry that nobody keeps: frequencies as in the world, names as nowhere. */
export function placeAt(n: number): SitePlace {
  const dice = diceOf(n);
  const country = zipf(dice, COUNTRIES.length);
  return { name: nameOf(dice), country: COUNTRIES[country] as string, ...addressOf(dice, country) };
}

/** As another member's list might have it: another legal form, capitals, a slip, no postcode, the park's plot left out. */
export function spelledAgain(place: SitePlace, dice: Dice): SitePlace {
  const words = place.name
    .split(" ")
    .filter((one) => !/^(Ltd|Limited|Pvt|Co\.,|Ltd\.|LLC|GmbH|S\.A\.|Inc\.)$/.test(one));
  const at = dice(words.length);
  if (dice(3) === 0) words[at] = slipped(words[at] as string, dice);
  const name = [...words, ...(dice(2) === 0 ? [pick(dice, FORMS)] : [])].join(" ");
  const { postcode, ...rest } = place;
  const address = dice(4) === 0 ? place.address?.replace(/^Plot [^,]*, Block [^,]*, /, "") : place.address;
  return {
    ...rest,
    ...(address === undefined
      ? {}
      : { address: dice(3) === 0 ? address.replace("Road", "Rd").replace("Street", "St") : address }),
    ...(dice(2) === 0 && postcode !== undefined ? { postcode } : {}),
    name: dice(3) === 0 ? name.toUpperCase() : name,
  };
}

/** Two letters change places. */
function slipped(text: string, dice: Dice): string {
  if (text.length < 4) return text;
  const at = 1 + dice(text.length - 2);
  return text.slice(0, at) + text.charAt(at + 1) + text.charAt(at) + text.slice(at + 2);
}
