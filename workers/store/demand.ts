import type { Bytes } from "@quasarix/shared/bytes.ts";
import { demandAt } from "@quasarix/shared/duplicate/demand.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { DemandView } from "@quasarix/shared/wire/intents.ts";
import { activeMembers, lastBatch } from "./batches.ts";
import type { Db } from "./db.ts";
import { plansAt } from "./intents.ts";
import { loadMerges } from "./site-merges.ts";

/** Demand at one site of the asker's, and the site's place in the log. */
export interface ListedDemand {
  readonly index: number;
  readonly view: DemandView;
}

const OWN = `SELECT id, log_index AS "index" FROM sites WHERE supplier = ?1 AND log_index > ?2 ORDER BY log_index LIMIT ?3`;

/** Sites looked at for one page: a supplier with more that nobody plans anything for turns pages. */
const AT_ONCE = 500;

/**
 * What customers plan at the asker's own sites, as of the last closed batch; of an absorbed site at the one that stays.
 * Ascending by the sites' log index.
 */
export async function listDemand(
  ports: { readonly db: Db; readonly planKey: Bytes; readonly now: number },
  by: Principal,
  after: number,
  limit: number,
): Promise<ListedDemand[]> {
  const { db } = ports;
  const { size } = await lastBatch(db);
  const active = await activeMembers(db, size);
  const today = new Date(ports.now).toISOString().slice(0, 10);
  const listed: ListedDemand[] = [];
  for (let from = after; listed.length < limit; ) {
    const own = (await db.prepare(OWN).bind(by.org, from, AT_ONCE).all<{ id: string; index: number }>()).results;
    const sites = own.map(({ id }) => id);
    const merges = await loadMerges(db, sites);
    const plans = await plansAt(ports, { size, org: null }, { sites, merges });
    for (const { id, index } of own) {
      const view = demandAt(id, plans.get(id) ?? [], { today, active });
      if (view) listed.push({ index, view: { ...view, topics: view.topics && [...view.topics] } });
    }
    if (own.length < AT_ONCE) break;
    from = own.at(-1)?.index ?? from;
  }
  return listed.slice(0, limit);
}
