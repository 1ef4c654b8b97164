import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import { siteKeys } from "@quasarix/shared/registry/match/keys.ts";
import type { MatchPlace } from "@quasarix/shared/registry/match/place.ts";
import { keyNumber, projectSiteKeys, siteKeyRows } from "@quasarix/shared/registry/project-keys.ts";
import { placeOf } from "@quasarix/shared/registry/rank-matches.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";
import { inserts } from "./columns.ts";
import type { Db } from "./db.ts";
import { listSites } from "./registry.ts";

/** Rows of the index that one key may bring. */
export const ROWS_A_KEY = 40;
/** Sites that are compared with one place. */
export const LOOKED_AT = 12;
/** Of what the likeliest one shares, a site has to share this much; the first two need not. */
const WORTH_COMPARING = 0.25;
const ALWAYS_COMPARED = 2;
/** Of the sites that share an identifier, so many are compared whatever else they share. */
const NAMED_FIRST = 4;
/** Places of one query: its answer stays below a megabyte. */
const PLACES_AT_ONCE = 50;

/** Rows of the index, in the batch that records the openings. */
export const siteKeyInserts = (db: Db, logged: readonly Logged[]): D1PreparedStatement[] =>
  inserts(db, "site_keys", logged.filter(({ type }) => type === "site").flatMap(projectSiteKeys));

/** Enters sites that were opened under other keys, from above log index `after` on. The last one's; null: there are no more. */
export async function enterAgain(db: Db, scope: SystemScope, after: number, limit: number): Promise<number | null> {
  const sites = await listSites(db, scope, null, after, limit);
  const rows = sites.flatMap((site) => siteKeyRows(placeOf(site), site.index));
  if (rows.length > 0) await db.batch(inserts(db, "site_keys", rows));
  return sites.length < limit ? null : (sites.at(-1)?.index ?? null);
}

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
 * Of each place, in order: log indexes of up to `LOOKED_AT` sites that may be it. The cost of one
 * place has a bound, whatever the size of the registry.
 */
export async function nearSites(
  db: Db,
  places: readonly MatchPlace[],
  cost: LookUpCost = { rows: 0, sites: [] },
): Promise<readonly (readonly number[])[]> {
  const near: number[][] = [];
  for (let at = 0; at < places.length; at += PLACES_AT_ONCE) {
    const keys = places.slice(at, at + PLACES_AT_ONCE).map(keysOf);
    const sitesOf = await firstRows(db, keys.flat());
    for (const own of keys) {
      const lists = own.map(({ number, isIdentifier }) => ({ sites: sitesOf.get(number) ?? [], isIdentifier }));
      const found = likeliest(lists);
      cost.rows += lists.reduce((sum, { sites }) => sum + sites.length, 0);
      cost.sites.push(found.length);
      near.push(found);
    }
  }
  return near;
}

interface Key {
  readonly number: number;
  readonly isIdentifier: boolean;
}

const keysOf = (place: MatchPlace): Key[] =>
  siteKeys(place).map((key) => ({ number: keyNumber(key), isIdentifier: key.startsWith("i:") }));

async function firstRows(db: Db, keys: readonly Key[]): Promise<ReadonlyMap<number, readonly number[]>> {
  const asked = db.prepare(FIRST_ROWS).bind(JSON.stringify([...new Set(keys.map(({ number }) => number))]), ROWS_A_KEY);
  const { results } = await asked.all<{ key: number; sites: string }>();
  return new Map(results.map(({ key, sites }) => [key, JSON.parse(sites) as number[]]));
}

interface Found {
  readonly sites: readonly number[];
  readonly isIdentifier: boolean;
}

/**
 * A key that few sites have says most, and keys add up; of two that share as much, the older site. Beside one that shares
 * nearly all, the many that share a word are not worth a comparison: without this cut a look-up would compare more as the
 * registry grows. Those that have an identifier of the place come first: a few, since anyone may write another's number.
 */
function likeliest(lists: readonly Found[]): number[] {
  const says = new Map<number, number>();
  for (const { sites } of lists)
    for (const site of sites) says.set(site, (says.get(site) ?? 0) + Math.log2(1 + ROWS_A_KEY / sites.length));
  const ordered = [...says].sort(([a, one], [b, other]) => other - one || a - b);
  const least = WORTH_COMPARING * (ordered[0]?.[1] ?? 0);
  const worth = ordered.filter(([, weight], rank) => rank < ALWAYS_COMPARED || weight >= least);
  const holders = new Set(lists.flatMap(({ sites, isIdentifier }) => (isIdentifier ? sites : [])));
  const named = ordered.filter(([site]) => holders.has(site)).slice(0, NAMED_FIRST);
  return [...new Set([...named, ...worth].map(([site]) => site))].slice(0, LOOKED_AT);
}
