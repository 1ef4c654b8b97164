import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Db } from "./db.ts";
import { POOL } from "./rulebook.ts";

/** Existence facts of an audit as projected; what of it is shown, `decide` says. */
export interface AuditListRow {
  readonly audit: string;
  readonly site: string;
  readonly provenance: string;
  readonly scheme: string;
  readonly schemeVersion: string | null;
  readonly auditFrom: string;
  readonly auditTo: string | null;
  readonly validUntil: string | null;
  readonly announcement: string;
  readonly kind: string;
  readonly topics: string;
  readonly accreditation: string | null;
  readonly index: number;
  readonly admittedAt: number;
  readonly sharing: string;
}

const COLUMNS = `a.hash AS audit, a.site, a.provenance, a.scheme, a.scheme_version AS schemeVersion,
  a.audit_from AS auditFrom, a.audit_to AS auditTo, a.valid_until AS validUntil, a.announcement, a.kind, a.topics,
  a.accreditation, a.log_index AS "index", a.admitted_at AS admittedAt, a.sharing_right AS sharing`;

// ?1 the asker, ?2 after, ?3 limit, ?4 now, ?5 JSON array: to whom a grant may be that reaches the asker, ?6 its kind, ?7 a site.

/** More sites than this are not merged one by one, unless too few of the next audits lie on them. */
const FEW_SITES = 200;
/** So many of the next audits are looked through for those on the asker's sites. */
const WINDOW = 1000;

const STANDS = "g.revoked_by IS NULL AND g.not_after > ?4";
const OF_SITES = "grants AS g INDEXED BY grants_of_site WHERE g.audit IS NULL AND g.revoked_by IS NULL";
const WHOLE_SITE = `SELECT 1 FROM ${OF_SITES} AND g.not_after > ?4`;

/** Sites whose audits the asker may reach, each way in turn; a site may come more than once. */
const SITES = `SELECT id AS site FROM sites WHERE supplier = ?1
  UNION ALL SELECT site FROM granted WHERE EXISTS (${WHOLE_SITE} AND g.grantee = granted.grantee AND g.site = granted.site)
  UNION ALL SELECT site FROM terms WHERE ?6 = 'member' AND rulebook = ${POOL} AND revoked_by IS NULL`;

const REACHES = (site: string): string => `(EXISTS (SELECT 1 FROM sites WHERE id = ${site} AND supplier = ?1)
  OR EXISTS (${WHOLE_SITE} AND g.site = ${site} AND g.grantee IN (SELECT value FROM json_each(?5)))
  OR EXISTS (SELECT 1 FROM terms WHERE ?6 = 'member' AND site = ${site} AND rulebook = ${POOL} AND revoked_by IS NULL))`;

/**
 * Places of the first candidates, each way ordered by an index and cut off by itself, so that a page costs the same however
 * many audits, grants and submissions there are. Few sites are merged, each step one look into one site's audits; where
 * there are many, the next audits are looked through.
 */
// What is not needed is left out by a LIMIT of 0: a condition would be asked of every row.
const PLACES = `
  granted(grantee, site) AS NOT MATERIALIZED (
    SELECT value, (SELECT min(g.site) FROM ${OF_SITES} AND g.grantee = value) FROM json_each(?5)
    UNION ALL SELECT grantee, (SELECT min(g.site) FROM ${OF_SITES}
      AND g.grantee = granted.grantee AND g.site > granted.site)
    FROM granted WHERE site IS NOT NULL),
  few(yes) AS MATERIALIZED (SELECT count(*) <= ${FEW_SITES} FROM (SELECT 1 FROM (${SITES}) LIMIT ${FEW_SITES + 1})),
  near(at) AS MATERIALIZED (
    SELECT log_index FROM (SELECT site, log_index FROM audits WHERE log_index > ?2
      ORDER BY log_index LIMIT (SELECT CASE yes WHEN 1 THEN 0 ELSE ${WINDOW} END FROM few)) AS a
    WHERE ${REACHES("a.site")} LIMIT ?3),
  merged(at, site) AS (
    SELECT (SELECT min(log_index) FROM audits AS a WHERE a.site = s.site AND a.log_index > ?2) AS at, site FROM
      (SELECT site FROM (${SITES}) LIMIT (SELECT CASE WHEN count(*) < ?3 THEN -1 ELSE 0 END FROM near)) AS s
      WHERE at IS NOT NULL
    UNION SELECT a.log_index, a.site FROM merged JOIN audits AS a ON a.site = merged.site AND a.log_index =
      (SELECT min(log_index) FROM audits AS b WHERE b.site = merged.site AND b.log_index > merged.at)
    ORDER BY 1 LIMIT ?3),
  named(grantee, at) AS (
    SELECT value, (SELECT min(g.audit_index) FROM grants AS g WHERE g.grantee = value AND g.audit_index > ?2 AND ${STANDS})
      FROM json_each(?5)
    UNION ALL SELECT grantee, (SELECT min(g.audit_index) FROM grants AS g WHERE g.grantee = named.grantee
      AND g.audit_index > named.at AND ${STANDS})
    FROM named WHERE at IS NOT NULL ORDER BY 2 NULLS LAST LIMIT 2 * ?3),
  found(at) AS (
    SELECT at FROM near UNION SELECT at FROM merged UNION SELECT at FROM named WHERE at IS NOT NULL
    UNION SELECT at FROM (SELECT log_index AS at FROM audits WHERE author = ?1 AND log_index > ?2 ORDER BY 1 LIMIT ?3)
    UNION SELECT at FROM (SELECT audit_index AS at FROM submissions WHERE org = ?1 AND audit_index > ?2 ORDER BY 1 LIMIT ?3)
    ORDER BY 1 LIMIT ?3)`;

/** Exported for the test of its plan. */
export const CANDIDATES = `WITH RECURSIVE ${PLACES}
  SELECT ${COLUMNS} FROM found CROSS JOIN audits AS a ON a.log_index = found.at ORDER BY found.at`;

/** Of one site: whatever leads to the site or to one of its audits. */
export const CANDIDATES_OF_SITE = `SELECT ${COLUMNS} FROM audits AS a
  WHERE a.site = ?7 AND a.log_index > ?2 AND (a.author = ?1 OR (SELECT ${REACHES("?7")})
    OR ?1 = (SELECT org FROM submissions WHERE audit = a.hash)
    OR EXISTS (SELECT 1 FROM grants AS g WHERE g.grantee IN (SELECT value FROM json_each(?5)) AND g.site = ?7
      AND g.audit = a.hash AND ${STANDS}))
  ORDER BY a.log_index LIMIT ?3`;

/** Audits that somebody's rights might reach, ascending by log index: candidates for `decide`, not an answer. */
export async function listCandidates(
  db: Db,
  principal: Principal,
  ask: { readonly after: number; readonly limit: number; readonly site: string | null; readonly now: number },
): Promise<readonly AuditListRow[]> {
  const { org, kind } = principal;
  const to = JSON.stringify(kind === "member" ? [org, "members"] : [org]);
  const bound = [org, ask.after, ask.limit, ask.now, to, kind];
  const found = await (ask.site === null
    ? db.prepare(CANDIDATES).bind(...bound)
    : db.prepare(CANDIDATES_OF_SITE).bind(...bound, ask.site)
  ).all<AuditListRow>();
  return found.results;
}
