import { statementBound } from "@quasarix/shared/audit/size.ts";
import { LISTED_AT_ONCE, type NumberedPlace, type Relation } from "@quasarix/shared/duplicate/listing.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { MAX_STATEMENT_LENGTH } from "@quasarix/shared/statement/statement.ts";
import { plain, type Saying } from "./drafts.ts";

/** What one statement adds to a member's list and takes off it. */
export interface Listing {
  readonly relation: Relation;
  readonly sites: readonly string[];
  readonly drops?: readonly string[] | undefined;
  /** Places that the registry lacks; the next round opens them. */
  readonly places?: readonly NumberedPlace[] | undefined;
}

export const listingOf = (member: string, { relation, sites, drops = [], places = [] }: Listing): Saying => ({
  vct: vctOf("listing"),
  sub: member,
  claims: plain({ relation, sites, ...(drops.length > 0 && { drops }) }),
  sections: { places: places.length > 0 ? plain({ places }) : {} },
});

const ROOM = MAX_STATEMENT_LENGTH - 4_096;

/** A list of any length, in as few statements as hold it: ids first, then places, numbered from 1 in each statement. */
export function listingsOf(
  relation: Relation,
  sites: readonly string[],
  places: readonly SitePlace[],
): { readonly listing: Listing; readonly places: readonly SitePlace[] }[] {
  const few = (some: readonly unknown[]) => some.length <= LISTED_AT_ONCE;
  const fits = (some: readonly SitePlace[]) => few(some) && sizeOf(some) <= ROOM;
  const ids = piecesOf(sites, few).map((some) => ({ sites: some, places: [] as SitePlace[] }));
  const proposals = piecesOf(places, fits).map((some) => ({ sites: [] as string[], places: some }));
  return [...ids, ...proposals].map((one) => ({
    listing: { relation, sites: one.sites, places: numbered(one.places) },
    places: one.places,
  }));
}

const numbered = (places: readonly SitePlace[]): NumberedPlace[] =>
  places.map((place, i) => ({ number: i + 1, place }));

const sizeOf = (places: readonly SitePlace[]): number => statementBound({ places: { places: numbered(places) } });

/** Halves until each piece fits; one item alone always does. */
function piecesOf<T>(items: readonly T[], fits: (some: readonly T[]) => boolean): T[][] {
  if (items.length === 0) return [];
  if (items.length === 1 || fits(items)) return [[...items]];
  const half = Math.ceil(items.length / 2);
  return [...piecesOf(items.slice(0, half), fits), ...piecesOf(items.slice(half), fits)];
}
