import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { ListedSite, ListingState } from "@quasarix/shared/wire/listings.ts";
import type { Db } from "./db.ts";

/** Of a row `l` of `listings`: it is the last that its member said of the site, and says that the site is on the list. */
export const STANDS = `l.relation <> 'dropped' AND NOT EXISTS
  (SELECT 1 FROM listings AS n WHERE n.org = l.org AND n.site = l.site AND n.log_index > l.log_index)`;

/** A line of a list and where it stands in the table: nothing else tells the lines of one statement apart. */
export interface ListedRow extends ListedSite {
  readonly position: number;
}

/** Exported for the test of its plan. */
export const LIST = `SELECT l.rowid AS position, l.site, l.relation, l.statement AS listing, s.name, s.country, s.city
  FROM listings AS l JOIN sites AS s ON s.id = l.site
  WHERE l.org = ?1 AND l.rowid > ?2 AND ${STANDS} ORDER BY l.rowid LIMIT ?3`;

/** The asker's own list, from above `after`. */
export async function listListed(db: Db, by: Principal, after: number, limit: number): Promise<ListedRow[]> {
  return (await db.prepare(LIST).bind(by.org, after, limit).all<ListedRow>()).results;
}

// A round assigns sites before all of them have their place in the log: until then nobody could look at them.
export const STATE = `SELECT p.listing, p.relation, CASE WHEN EXISTS (SELECT 1 FROM json_each(p.sites) AS one
    WHERE NOT EXISTS (SELECT 1 FROM sites WHERE id = one.value->>'$.site')) THEN NULL ELSE p.sites END AS places
  FROM proposals AS p WHERE p.listing = ?1 AND p.org = ?2`;

type StateRow = Omit<ListingState, "places"> & { readonly places: string | null };

/** A listing of the asker's, and what the places that it proposes became. */
export async function findListing(db: Db, by: Principal, listing: string): Promise<ListingState | null> {
  const row = await db.prepare(STATE).bind(listing, by.org).first<StateRow>();
  return row && { ...row, places: row.places === null ? null : (JSON.parse(row.places) as ListingState["places"]) };
}
