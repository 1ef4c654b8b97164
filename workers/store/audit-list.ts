import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Db } from "./db.ts";

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
  readonly index: number;
  readonly admittedAt: number;
  readonly sharing: string;
}

const COLUMNS = `a.hash AS audit, a.site, a.provenance, a.scheme, a.scheme_version AS schemeVersion,
  a.audit_from AS auditFrom, a.audit_to AS auditTo, a.valid_until AS validUntil, a.announcement, a.kind, a.topics,
  a.log_index AS "index", a.admitted_at AS admittedAt, a.sharing_right AS sharing`;

// Each way to an audit has its own index and its own limit, so that a page costs the same however many audits there are.
const WAYS = [
  "audits AS a WHERE a.author = ?1",
  "submissions AS m JOIN audits AS a ON a.hash = m.audit WHERE m.org = ?1",
  "sites AS s JOIN audits AS a ON a.site = s.id WHERE s.supplier = ?1",
  `audits AS a WHERE a.site IN
    (SELECT site FROM grants WHERE grantee IN (?1, 'members') AND revoked_by IS NULL AND not_after > ?5)`,
  `audits AS a WHERE ?6 = 'member' AND a.site IN (SELECT site FROM terms WHERE revoked_by IS NULL
    AND rulebook = (SELECT statement FROM rulebooks ORDER BY log_index DESC LIMIT 1))`,
];

const CANDIDATES = WAYS.map(
  (way) =>
    `SELECT * FROM (SELECT ${COLUMNS} FROM ${way} AND a.log_index > ?2 AND (?3 IS NULL OR a.site = ?3)
     ORDER BY a.log_index LIMIT ?4)`,
).join(" UNION ");

/** Audits that somebody's rights might reach, ascending by log index: candidates for `decide`, not an answer. */
export async function listCandidates(
  db: Db,
  principal: Principal,
  ask: { readonly after: number; readonly limit: number; readonly site: string | null; readonly now: number },
): Promise<readonly AuditListRow[]> {
  const found = await db
    .prepare(`${CANDIDATES} ORDER BY "index" LIMIT ?4`)
    .bind(principal.org, ask.after, ask.site, ask.limit, ask.now, principal.kind)
    .all<AuditListRow>();
  return found.results;
}
