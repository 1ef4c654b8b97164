import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import type { Newcomer } from "./party.ts";

// Invented, all of them. A likeness to a company, a mill or a street that exists is chance.

type Row = readonly [handle: string, name: string, country: string];

const named = (kind: string, rows: readonly Row[]): Newcomer[] =>
  rows.map(([handle, name, country]) => ({ handle, name, kind, country }));

export const MEMBERS = named("member", [
  ["birch", "Birch and Vale Outfitters", "GB"],
  ["heron", "Heron Quay Homeware", "DE"],
  ["lantern", "Lantern Street Foods", "FR"],
  ["juniper", "Juniper Sportswear Cooperative", "SE"],
  ["mallow", "Mallow and Daughters", "NL"],
  ["quill", "Quillstone Electronics", "CH"],
  ["fennel", "Fennel Coast Markets", "ES"],
  ["osprey", "Osprey Harbour Toys", "DK"],
  ["thistle", "Thistledown Uniforms", "BE"],
]);

export const AUDITORS = named("auditor", [
  ["plumbline", "Plumbline Assurance", "AT"],
  ["candlemark", "Candlemark Social Audit", "IE"],
]);

export const SUPPLIERS = named("supplier", [
  ["redshore", "Redshore Weaving Works", "PT"],
  ["tamarind", "Tamarind Knit Company", "IN"],
  ["ostler-lane", "Ostler Lane Ceramics", "CZ"],
  ["saltmarsh", "Saltmarsh Canning Group", "MA"],
  ["blue-anvil", "Blue Anvil Metalcraft", "TR"],
  ["paper-kite", "Paper Kite Packaging", "VN"],
  ["three-wells", "Three Wells Footwear", "BD"],
  ["far-meadow", "Far Meadow Furniture", "PL"],
  ["long-shuttle", "Long Shuttle Garments", "BD"],
  ["grey-loom", "Grey Loom Textiles", "TR"],
]);

/** What the sites of each supplier make, in that order: codes of the demonstration's own list. */
const SECTORS = "apparel apparel homeware food metal packaging footwear homeware apparel apparel".split(" ");

const UNITS = [
  ["Mill", "Harbour Road"],
  ["Finishing Hall", "Old Tannery Lane"],
  ["Assembly Works", "Canal Side"],
  ["Press Shop", "Station Approach"],
  ["Packing House", "Weir Street"],
] as const;
const TOWNS = ["Alderbrook", "Cresswell Ford", "Dunmere", "Eastholm", "Fallowby", "Greywater", "Highmoor", "Inverdale"];
const TIERS = ["tier-1", "tier-1", "tier-2"] as const;

/** The first `count` sites, 40 at most, of the supplier that stands at `at` in the list. */
export function sitesOf({ name, country }: Newcomer, at: number, count: number): SitePlace[] {
  return Array.from({ length: count }, (_, i) => {
    const [unit, street] = UNITS[i % UNITS.length] as (typeof UNITS)[number];
    // 5 and 8 have no common divisor: each of the 40 pairs comes once.
    const city = TOWNS[(at + i) % TOWNS.length] as string;
    return {
      name: `${name}, ${unit} at ${city}`,
      country,
      address: `${street} ${at * 50 + i + 1}`,
      city,
      sector: SECTORS[at] as string,
      tier: TIERS[i % TIERS.length] as string,
      identifiers: [{ scheme: "local:demonstration", value: `D-${at + 1}-${i + 1}` }],
    };
  });
}
