import { quarterOf } from "@quasarix/shared/duplicate/allowance.ts";
import { TOTALS_FROM } from "@quasarix/shared/duplicate/batch.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SiteId } from "@quasarix/shared/wire/ids.ts";
import type { LookUpView } from "@quasarix/shared/wire/overlap.ts";
import { activeMembers, lastBatch } from "./batches.ts";
import type { Db } from "./db.ts";

const NOTE = `INSERT INTO look_ups (site, batch, org, quarter) SELECT value, ?2, ?3, ?4 FROM json_each(?1) WHERE true
  ON CONFLICT DO NOTHING`;

/** A member asked for these sites; however often it does, once a batch. */
export async function lookedUp(
  db: Db,
  { org }: Principal,
  sites: readonly SiteId[],
  { batch, now }: { readonly batch: number; readonly now: number },
): Promise<void> {
  await db.prepare(NOTE).bind(JSON.stringify(sites), batch, org, quarterOf(now).name).run();
}

// Only of batches that are over: a number that rises at once would say when somebody asked.
const SEEN = "l.site = s.id AND l.batch < (SELECT max(number) FROM discovery_batches)";
const OWN = `SELECT s.id AS site, s.log_index AS position, (SELECT json_group_array(json_object('quarter', quarter, 'lookUps', n))
    FROM (SELECT l.quarter, count(*) AS n FROM look_ups AS l WHERE ${SEEN} GROUP BY l.quarter ORDER BY l.quarter)) AS quarters
  FROM sites AS s WHERE s.supplier = ?1 AND s.log_index > ?2 AND EXISTS (SELECT 1 FROM look_ups AS l WHERE ${SEEN})
  ORDER BY s.log_index LIMIT ?3`;

interface Row {
  readonly site: SiteId;
  readonly position: number;
  readonly quarters: string;
}

/**
 * A supplier's own sites that members asked for, from above `after`: how often in each quarter, and never who. None while few
 * members are active: a count would be one member's, or say whose it is not.
 */
export async function listLookUps(
  db: Db,
  { org }: Principal,
  after: number,
  limit: number,
): Promise<{ position: number; view: LookUpView }[]> {
  if ((await activeMembers(db, (await lastBatch(db)).size)) < TOTALS_FROM) return [];
  const { results } = await db.prepare(OWN).bind(org, after, limit).all<Row>();
  return results.map(({ position, site, quarters }) => ({
    position,
    view: { site, quarters: JSON.parse(quarters) as LookUpView["quarters"] },
  }));
}
