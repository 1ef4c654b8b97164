import { siteKeys } from "@quasarix/shared/registry/match/keys.ts";
import type { MatchPlace } from "@quasarix/shared/registry/match/place.ts";
import { keyNumber, projectSiteKeys } from "@quasarix/shared/registry/project-keys.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";
import { inserts } from "./columns.ts";
import type { Db } from "./db.ts";

/** Rows of the index that one key may bring. */
export const ROWS_A_KEY = 40;
/** Sites that are compared with one place. */
export const LOOKED_AT = 16;
/** Places of one query: its answer stays below a megabyte. */
const PLACES_AT_ONCE = 50;

/** Rows of the index, in the batch that records the openings. */
export const siteKeyInserts = (db: Db, logged: readonly Logged[]): D1PreparedStatement[] =>
  inserts(db, "site_keys", logged.filter(({ type }) => type === "site").flatMap(projectSiteKeys));

/**
 * The first of each key, never all: the oldest, so that nobody hides a site by opening others with its words. Exported for
 * the test of its plan.
 */
export const FIRST_ROWS = `SELECT k.value AS key, (SELECT json_group_array(site)
    FROM (SELECT site FROM site_keys WHERE key = k.value ORDER BY site LIMIT ?2)) AS sites FROM json_each(?1) AS k`;

/** What a look-up cost, for the benchmark and the test of its bound. */
export interface LookUpCost {
  /** Rows of the index that were read. */
  rows: number;
  /** Sites that are to be compared with each place, in order. */
  readonly sites: number[];
}

/**
 * Of each place, in order: log indexes of up to `LOOKED_AT` sites that may be it, the likeliest first. The cost of one
 * place has a bound, whatever the size of the registry.
 */
export async function nearSites(
  db: Db,
  places: readonly MatchPlace[],
  cost: LookUpCost = { rows: 0, sites: [] },
): Promise<readonly (readonly number[])[]> {
  const near: number[][] = [];
  for (let at = 0; at < places.length; at += PLACES_AT_ONCE) {
    const keys = places.slice(at, at + PLACES_AT_ONCE).map((place) => [...new Set(siteKeys(place).map(keyNumber))]);
    const sitesOf = await firstRows(db, keys.flat());
    for (const own of keys) {
      const lists = own.map((key) => sitesOf.get(key) ?? []);
      const found = likeliest(lists);
      cost.rows += lists.reduce((sum, list) => sum + list.length, 0);
      cost.sites.push(found.length);
      near.push(found);
    }
  }
  return near;
}

async function firstRows(db: Db, keys: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>> {
  const asked = db.prepare(FIRST_ROWS).bind(JSON.stringify([...new Set(keys)]), ROWS_A_KEY);
  const { results } = await asked.all<{ key: number; sites: string }>();
  return new Map(results.map(({ key, sites }) => [key, JSON.parse(sites) as number[]]));
}

/** A key that few sites have says most, and keys add up; of two that share as much, the older site. */
function likeliest(lists: readonly (readonly number[])[]): number[] {
  const says = new Map<number, number>();
  for (const list of lists) {
    const weight = Math.log2(1 + ROWS_A_KEY / list.length);
    for (const site of list) says.set(site, (says.get(site) ?? 0) + weight);
  }
  return [...says]
    .sort(([a, one], [b, other]) => other - one || a - b)
    .slice(0, LOOKED_AT)
    .map(([site]) => site);
}
