import * as z from "zod";
import { type SitePlace, sitePlace } from "../registry/site.ts";
import type { Logged } from "../statement/logged.ts";
import { siteId } from "../wire/ids.ts";

/** What a site on a member's list is to it: signing a listing says that it supplies, or is meant to. */
export const RELATIONS = ["current", "intended"] as const;
export const relation = z.enum(RELATIONS);
export type Relation = z.infer<typeof relation>;

/** Sites, drops or places of one statement: 4,000 ids fit into its 256 KiB. */
export const LISTED_AT_ONCE = 4_000;

const sites = z.array(siteId).max(LISTED_AT_ONCE);

/** Plain claims of a `listing`. What it drops leaves the list; what it lists stands as this statement says. */
export const listingClaims = z
  .strictObject({ relation, sites, drops: sites.optional() })
  .refine((it) => new Set([...it.sites, ...(it.drops ?? [])]).size === it.sites.length + (it.drops?.length ?? 0), {
    error: "a site stands here twice",
    path: ["sites"],
  });
export type ListingClaims = z.infer<typeof listingClaims>;

/**
 * A place as a member may propose it. Everyone will read it, so it carries no identifier of a list of the member's own:
 * that would name the member.
 */
export const proposedPlace = sitePlace
  .refine(({ identifiers = [] }) => !identifiers.some(({ scheme }) => scheme.startsWith("local:")), {
    error: "a `local:` identifier would say whose list this is",
    path: ["identifiers"],
  })
  .refine(isFindable, {
    error: "a name and a country alone tell no site from another: say where it is",
    path: ["address"],
  });

function isFindable({ address, city, postcode, lat, identifiers = [] }: SitePlace): boolean {
  return [address, city, postcode, lat].some((one) => one !== undefined) || identifiers.length > 0;
}

/** Each with a number of the member's own, since the order of digests means nothing (FORMATS 1). */
const numberedPlace = z.strictObject({ number: z.int().min(1).max(LISTED_AT_ONCE), place: proposedPlace });
export type NumberedPlace = z.infer<typeof numberedPlace>;

/** Section `places`: proposals, opened by the platform in the next round. */
export const listedPlaces = z.strictObject({
  places: z
    .array(numberedPlace)
    .max(LISTED_AT_ONCE)
    .refine((all) => new Set(all.map(({ number }) => number)).size === all.length, {
      error: "two places have one number",
    })
    .optional(),
});

export interface ListingRow {
  readonly org: string;
  readonly site: string;
  readonly relation: Relation | "dropped";
  readonly statement: string;
  readonly logIndex: number;
}

export function projectListing({ claims, hash, index }: Logged): ListingRow[] {
  const own = claims as unknown as ListingClaims;
  const row = (site: string, relation: ListingRow["relation"]): ListingRow => ({
    org: claims.iss,
    site,
    relation,
    statement: hash,
    logIndex: index,
  });
  return [
    ...own.sites.map((site) => row(site, own.relation)),
    ...(own.drops ?? []).map((site) => row(site, "dropped")),
  ];
}
