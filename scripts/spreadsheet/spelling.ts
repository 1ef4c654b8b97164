import type { Dice } from "../demonstration/dice.ts";
import type { RealSite } from "./source.ts";

/** How one member's people write: the same for all of its rows. */
export interface Hand {
  readonly upperCase: boolean;
  /** Which of the ways to write a legal form. */
  readonly form: number;
  readonly abbreviates: boolean;
  readonly commas: "as-is" | "none" | "many";
  readonly namesCountry: boolean;
}

export const handOf = (dice: Dice): Hand => ({
  upperCase: dice.below(4) === 0,
  form: dice.below(4),
  abbreviates: dice.below(2) === 0,
  commas: dice.one(["as-is", "none", "many"] as const),
  namesCountry: dice.below(3) === 0,
});

const FORMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\b(company limited|co\.?,? ?ltd\.?|co\.? limited)\.?$/i, ["Co., Ltd.", "Co Ltd", "Company Limited", "CO.,LTD"]],
  [/\b(incorporated|inc\.?)$/i, ["Inc.", "Inc", "Incorporated", "INC."]],
  [/\b(corporation|corp\.?)$/i, ["Corp.", "Corporation", "Corp", "CORP."]],
  [/\b(private limited|pvt\.? ?ltd\.?)$/i, ["Pvt. Ltd.", "Private Limited", "Pvt Ltd", "(Pvt) Ltd"]],
  [/\b(limited|ltd\.?)$/i, ["Ltd.", "Limited", "Ltd", "LTD."]],
  [/\bgmbh$/i, ["GmbH", "G.m.b.H.", "GmbH", "GMBH"]],
];

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\bRoad\b/gi, "Rd."],
  [/\bStreet\b/gi, "St."],
  [/\bAvenue\b/gi, "Ave."],
  [/\bBuilding\b/gi, "Bldg"],
  [/\bIndustrial\b/gi, "Ind."],
  [/\bDistrict\b/gi, "Dist."],
  [/\bProvince\b/gi, "Prov."],
];

function nameAs(name: string, { form, upperCase }: Hand): string {
  const found = FORMS.find(([ending]) => ending.test(name));
  const written = found ? name.replace(found[0], found[1][form] as string) : name;
  return upperCase ? written.toUpperCase() : written;
}

function addressAs(address: string, { abbreviates, commas, upperCase }: Hand, dice: Dice): string {
  let text = abbreviates ? SHORT.reduce((so, [long, short]) => so.replace(long, short), address) : address;
  if (commas === "none") text = text.replaceAll(",", " ");
  if (commas === "many") text = text.replace(/,(?=\S)/g, ", ");
  if (dice.below(5) === 0) text = text.replace(/\bNo\.? ?(?=\d)/i, "");
  if (dice.below(6) === 0) text = text.replace(/[ ,]+\d{4,6}$/, "");
  text = text.replace(/ {2,}/g, " ").trim();
  return upperCase ? text.toUpperCase() : text;
}

/** A finger slips: two letters of a long word change places. */
function slipped(text: string, dice: Dice): string {
  const words = text.split(" ");
  const at = words.findIndex((word) => /^[a-z]{7,}$/i.test(word));
  if (at < 0 || dice.below(12) > 0) return text;
  const word = words[at] as string;
  words[at] = `${word.slice(0, 3)}${word[4]}${word[3]}${word.slice(5)}`;
  return words.join(" ");
}

const LAST_COUNTRY =
  /[ ,]+(china|usa|united states|japan|vietnam|india|bangladesh|germany|korea|taiwan|thailand|malaysia)\.?$/i;

/** A real site as this hand writes it in this row. */
export function spelt(site: RealSite, hand: Hand, dice: Dice): RealSite {
  const address = addressAs(site.address, hand, dice);
  return {
    name: slipped(nameAs(site.name, hand), dice),
    address: slipped(hand.namesCountry ? address : address.replace(LAST_COUNTRY, ""), dice),
    country: site.country,
  };
}
