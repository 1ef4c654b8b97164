import * as z from "zod";
import { orgId } from "../wire/ids.ts";
import { countryCode } from "./country.ts";
import { identifier } from "./identifiers.ts";
import { codeText, lineText } from "./text.ts";

const place = {
  name: lineText(200),
  country: countryCode,
  address: lineText(300).optional(),
  city: lineText(120).optional(),
  region: lineText(120).optional(),
  postcode: lineText(20).optional(),
  /** Degrees, WGS 84. */
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  /** What is made there, as a code of the consortium's own list. */
  sector: codeText.optional(),
  /** How far up the chain, or which class of risk: a code of the consortium's own list. */
  tier: codeText.optional(),
  identifiers: z.array(identifier).max(16).optional(),
};

const bothOrNone = (site: { lat?: number | undefined; lon?: number | undefined }) =>
  (site.lat === undefined) === (site.lon === undefined);
const PAIRED = { error: "`lat` and `lon` come together", path: ["lon"] };

/** A site before anyone stands behind it: what a member's list says. */
export const sitePlace = z.strictObject(place).refine(bothOrNone, PAIRED);
export type SitePlace = z.infer<typeof sitePlace>;

/**
 * Plain claims of a `site` statement beside `opens` and `dossier`. `supplier` is the organisation that answers for it: absent
 * only where the platform opens what a member's list proposed.
 */
export const siteClaims = z.strictObject({ supplier: orgId.optional(), ...place }).refine(bothOrNone, PAIRED);
export type SiteClaims = z.infer<typeof siteClaims>;
