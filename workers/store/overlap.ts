import { type AcceptancePolicy, acceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import type { ListedSite } from "@quasarix/shared/duplicate/overlap.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SiteId } from "@quasarix/shared/wire/ids.ts";
import type { Db } from "./db.ts";
import { discovered, evaluated, type HeardSite } from "./discovery.ts";
import { STANDS } from "./listings.ts";
import { lookedUp } from "./look-ups.ts";

/** As of which batch others are heard, and when. `day`: the batch's, YYYY-MM-DD. */
export interface HeardAs {
  readonly size: number;
  readonly batch: number;
  readonly day: string;
  readonly now: number;
}

const LIST = `SELECT l.site FROM listings AS l WHERE l.org = ?1 AND ${STANDS} ORDER BY l.site`;

/** Sites of one round trip. */
const AT_ONCE = 500;

/** The asker's own list with what it may hear of each site. Each is noted as a look-up of this batch, once. */
export async function heardOfList(db: Db, by: Principal, as: HeardAs): Promise<ListedSite[]> {
  const list = (await db.prepare(LIST).bind(by.org).all<{ site: SiteId }>()).results.map(({ site }) => site);
  const heard: ListedSite[] = [];
  for (let at = 0; at < list.length; at += AT_ONCE) {
    const sites = await discovered(db, by, list.slice(at, at + AT_ONCE), as);
    const planned = await plannedSites(db, by, [...sites.values()], as);
    await lookedUp(
      db,
      by,
      [...sites.values()].map(({ root }) => root),
      as,
    );
    for (const [site, { audits, members }] of sites)
      heard.push({ site, audits: audits.map(evaluated), isPlanned: members.some((id) => planned.has(id)) });
  }
  return heard;
}

/** Exported for the test of its plan. */
export const PLANNED = `SELECT DISTINCT i.site FROM intents AS i
  WHERE i.site IN (SELECT value FROM json_each(?1)) AND i.org <> ?2 AND i.log_index < ?3 AND i.window_until >= ?4
    AND (i.revoked_index IS NULL OR i.revoked_index >= ?3)
    AND NOT EXISTS (SELECT 1 FROM intents AS n WHERE n.org = i.org AND n.replaces = i.hash AND n.log_index < ?3)`;

/** Where another member's intent stands, as of the batch. */
async function plannedSites(
  db: Db,
  { org }: Principal,
  sites: readonly HeardSite[],
  { size, day }: HeardAs,
): Promise<ReadonlySet<SiteId>> {
  const names = JSON.stringify([...new Set(sites.flatMap(({ members }) => members))]);
  const { results } = await db.prepare(PLANNED).bind(names, org, size, day).all<{ site: SiteId }>();
  return new Set(results.map(({ site }) => site));
}

const POLICY = `SELECT claims FROM policies WHERE org = ?1 AND log_index < ?2 ORDER BY log_index DESC LIMIT 1`;

/** The asker's acceptance policy as of log index `before`; null: it published none by then. */
export async function ownPolicy(db: Db, { org }: Principal, before: number): Promise<AcceptancePolicy | null> {
  const row = await db.prepare(POLICY).bind(org, before).first<{ claims: string }>();
  return row && acceptancePolicy.parse(JSON.parse(row.claims));
}
