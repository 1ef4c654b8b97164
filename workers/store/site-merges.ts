import { type Merges, mergesOf, NO_MERGES, type SiteMerge } from "@quasarix/shared/registry/resolve.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";
import type { SiteId } from "@quasarix/shared/wire/ids.ts";
import type { Db } from "./db.ts";

/** Exported for the test of its plan. Every merge that ever touched one of these sites, or a site that such a merge names. */
// Crossed, so that it goes from a few sites to their merges: the planner would go through all merges for DISTINCT.
export const AROUND = `WITH RECURSIVE near(site) AS (
    SELECT value FROM json_each(?1)
    UNION SELECT m.stays FROM near CROSS JOIN site_merges AS m ON m.absorbed = near.site
    UNION SELECT m.absorbed FROM near CROSS JOIN site_merges AS m ON m.stays = near.site)
  SELECT DISTINCT m.statement, m.stays, m.absorbed, m.log_index AS logIndex, m.split_index AS splitIndex
  FROM near CROSS JOIN site_merges AS m ON m.stays = near.site`;

/**
 * What these sites are merged with at present, or as the log of this size has it. Ids that were never merged cost one look each.
 */
export async function loadMerges(db: Db, sites: readonly SiteId[], size = Number.POSITIVE_INFINITY): Promise<Merges> {
  if (sites.length === 0) return NO_MERGES;
  const around = await db
    .prepare(AROUND)
    .bind(JSON.stringify([...new Set(sites)]))
    .all<SiteMerge>();
  const known = around.results.filter(({ logIndex }) => logIndex < size);
  return known.length === 0 ? NO_MERGES : mergesOf(known.map((merge) => asOf(merge, size)));
}

const asOf = (merge: SiteMerge, size: number): SiteMerge =>
  merge.splitIndex !== null && merge.splitIndex >= size ? { ...merge, splitIndex: null } : merge;

// Requests record their places in any order: of two splits that name one merge the first in the log counts.
const SPLIT = `UPDATE site_merges SET split_by = ?2, split_index = ?3
  WHERE statement = ?1 AND (split_index IS NULL OR split_index > ?3)`;

export const splitAfter = (db: Db, { claims, hash, index }: Logged): D1PreparedStatement =>
  db.prepare(SPLIT).bind(claims.re, hash, index);
