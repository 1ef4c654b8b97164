import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import type { Newcomer } from "./party.ts";

// Invented, all of them. A likeness to a company, a mill or a street that exists is chance.

const named = (kind: string, rows: readonly (readonly [handle: string, name: string, country: string])[]): Newcomer[] =>
  rows.map(([handle, name, country]) => ({ handle, name, kind, country }));

export const MEMBERS = named("member", [
  ["birch", "Birch and Vale Outfitters", "GB"],
  ["heron", "Heron Quay Homeware", "DE"],
  ["lantern", "Lantern Street Foods", "FR"],
  ["juniper", "Juniper Sportswear Cooperative", "SE"],
  ["mallow", "Mallow and Daughters", "NL"],
  ["quill", "Quillstone Electronics", "CH"],
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
]);

const UNITS = [
  ["Mill", "Harbour Road"],
  ["Finishing Hall", "Old Tannery Lane"],
  ["Assembly Works", "Canal Side"],
] as const;
const TOWNS = ["Alderbrook", "Cresswell Ford", "Dunmere", "Eastholm", "Fallowby", "Greywater", "Highmoor", "Inverdale"];

/** Sites of the supplier that stands at `at` in the list. */
export function sitesOf({ name, country }: Newcomer, at: number): SitePlace[] {
  return UNITS.map(([unit, street], i) => ({
    name: `${name}, ${unit}`,
    country,
    address: `${street} ${at * 10 + i + 1}`,
    city: TOWNS[(at + i) % TOWNS.length] as string,
    identifiers: [{ scheme: "local:demonstration", value: `D-${at + 1}${i + 1}` }],
  }));
}
