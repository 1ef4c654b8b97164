import { REPLY_MS } from "@quasarix/shared/audit/lifecycle.ts";
import { validSince } from "@quasarix/shared/duplicate/valid-since.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";
import type { HeardAs } from "./overlap.ts";
import { readRulebook } from "./rulebook.ts";

/** Over all lists as of the batch. Who has which of these sites, or which audit, is in none of the numbers. */
export interface Totals {
  readonly members: number;
  readonly sites: number;
  readonly shared: number;
  readonly usable: number;
  readonly audits: number;
  readonly heldTwice: number;
}

const LISTED = `SELECT l.site, l.org FROM listings AS l WHERE l.log_index < ?1 AND l.relation <> 'dropped'
  AND NOT EXISTS (SELECT 1 FROM listings AS n WHERE n.org = l.org AND n.site = l.site
    AND n.log_index > l.log_index AND n.log_index < ?1)`;

const REPLACED = `EXISTS (SELECT 1 FROM responses WHERE audit = a.hash AND type = 'correction' AND "by" IS NOT NULL
  AND log_index < ?1)`;

// `finalAt` as a condition; ?3: the moment 30 days ago, null where the rulebook has no embargo.
const FINAL = `(?3 IS NULL OR a.provenance IN ('supplier-signed', 'listed')
  OR EXISTS (SELECT 1 FROM responses WHERE audit = a.hash AND stance = 'accepts')
  OR EXISTS (SELECT 1 FROM responses WHERE audit = a.hash AND type IN ('reply', 'dispute') AND admitted_at <= ?3)
  OR EXISTS (SELECT 1 FROM deliveries WHERE audit = a.hash AND (event = 'opened' OR number = 3) AND admitted_at <= ?3))`;

const FOUND = `(a.sharing_right <> 'unknown' OR a.provenance = 'listed') AND ${FINAL}
  AND NOT EXISTS (SELECT 1 FROM keys WHERE kid = a.kid AND loss_index <= a.log_index)
  AND NOT EXISTS (SELECT 1 FROM discovery_withdrawals AS w JOIN sites AS s ON s.id = w.site AND s.supplier = w.supplier
    WHERE w.site = a.site AND w.revoked_by IS NULL)`;

const VALID = `a.audit_from <= ?2 AND (a.valid_until IS NULL OR a.valid_until >= ?2)
  AND NOT EXISTS (SELECT 1 FROM json_each(?4) WHERE value->>'$.scheme' = a.scheme AND value->>'$.since' > a.audit_from)`;

const TOTALS = `WITH listed AS MATERIALIZED (${LISTED}),
  wanted AS MATERIALIZED (SELECT site, count(DISTINCT org) AS members FROM listed GROUP BY site),
  held AS MATERIALIZED (SELECT a.* FROM wanted CROSS JOIN audits AS a ON a.site = wanted.site
    WHERE a.log_index < ?1 AND NOT ${REPLACED}),
  valid AS MATERIALIZED (SELECT DISTINCT a.site, a.scheme, a.audit_from FROM held AS a WHERE ${FOUND} AND ${VALID})
  SELECT (SELECT count(DISTINCT org) FROM listed) AS members, (SELECT count(*) FROM wanted) AS sites,
    (SELECT count(*) FROM wanted WHERE members > 1) AS shared, (SELECT count(DISTINCT site) FROM valid) AS usable,
    (SELECT count(*) FROM valid) AS audits,
    (SELECT count(*) FROM (SELECT 1 FROM held AS a JOIN submissions AS m ON m.audit = a.hash
      GROUP BY a.site, a.scheme, a.audit_from HAVING count(DISTINCT m.org) > 1)) AS heldTwice`;

export async function totalsOf(
  db: Db,
  _: SystemScope,
  { size, day, now }: Pick<HeardAs, "size" | "day" | "now">,
): Promise<Totals> {
  const { embargo } = await readRulebook(db);
  const replied = embargo === "until-final" ? now - REPLY_MS : null;
  const since = JSON.stringify(validSince(day));
  const row = await db.prepare(TOTALS).bind(size, day, replied, since).first<Totals>();
  if (!row) throw new Error("a count without a row");
  return row;
}
