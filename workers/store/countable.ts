import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { SiteId } from "@quasarix/shared/wire/ids.ts";
import type { Db } from "./db.ts";
import { within } from "./outbox.ts";
import type { StoredStatement } from "./vault.ts";

/** Log entries that one look goes through, whatever they are. */
const WINDOW = 5_000;

/** Which audits a look is for: the log from above `after` and below `size`. */
export interface LogPart {
  readonly after: number;
  readonly size: number;
}

/** One page, and the log index that the next one goes on from. */
export interface LogPage<T> {
  readonly rows: readonly T[];
  readonly after: number;
}

/** Says who signed it or who vouches for it: a copy is taken for an auditor's where it names an accreditation. */
const ACCREDITED = `(a.provenance = 'auditor-signed'
  OR (a.provenance = 'submitted-copy' AND a.assessor_kind = 'auditor' AND a.accreditation IS NOT NULL))`;
const DAY = "ifnull(a.audit_to, a.audit_from)";

/**
 * Audits that may count at all: no claim without a report, none that may not be shared, none whose author's key was lost
 * before it signed, none that a correction stood in the place of. ?1 after, ?2 the last of the window, ?3 size.
 */
const COUNTABLE = `a.log_index > ?1 AND a.log_index <= ?2 AND a.provenance <> 'listed' AND a.sharing_right <> 'unknown'
  AND NOT EXISTS (SELECT 1 FROM keys AS k WHERE k.kid = a.kid AND k.loss_index <= a.log_index AND k.loss_known < ?3)
  AND NOT EXISTS (SELECT 1 FROM responses AS r WHERE r.audit = a.hash AND r.type = 'correction' AND r.by IS NOT NULL
    AND r.log_index < ?3)`;

/** That a site was audited: never with what result. */
export interface AuditedRow {
  readonly site: SiteId;
  readonly day: string;
  readonly accredited: 0 | 1;
}

/** Exported for the test of its plan. */
export const AUDITED = `SELECT a.site, ${DAY} AS day, ${ACCREDITED} AS accredited FROM audits AS a
  WHERE ${COUNTABLE} ORDER BY a.log_index`;

/** Which sites were audited, on which days. */
export async function listAudited(db: Db, _: SystemScope, { after, size }: LogPart): Promise<LogPage<AuditedRow>> {
  const last = Math.min(after + WINDOW, size - 1);
  return { rows: (await db.prepare(AUDITED).bind(after, last, size).all<AuditedRow>()).results, after: last };
}

/** A countable audit of a cohort, its sections sealed. */
export interface CohortAudit extends StoredStatement {
  readonly site: SiteId;
  readonly provenance: string;
  readonly day: string;
  readonly index: number;
}

/** What corrects an audit of other days has counted there, or nowhere: by another date a score would be looked at again. */
const MOVED = `EXISTS (WITH RECURSIVE back(hash, day) AS (
    SELECT o.hash, ifnull(o.audit_to, o.audit_from) FROM audits AS o CROSS JOIN responses AS c ON c.audit = o.hash
      WHERE o.site = a.site AND c.type = 'correction' AND c.by = a.hash AND c.log_index < ?3
    UNION SELECT o.hash, ifnull(o.audit_to, o.audit_from) FROM back CROSS JOIN audits AS o
      CROSS JOIN responses AS c ON c.audit = o.hash
      WHERE o.site = a.site AND c.type = 'correction' AND c.by = back.hash AND c.log_index < ?3)
  SELECT 1 FROM back WHERE day NOT BETWEEN ?4 AND ?5)`;

/** Exported for the test of its plan. ?4 and ?5 the cohort's days, ?6 whether accredited auditors' alone, ?7 limit. */
export const OF_COHORT = within(
  `SELECT s.id, a.log_index AS place, length(b.jwt) + length(b.bodies) AS length FROM audits AS a
    CROSS JOIN statements AS s ON s.hash = a.hash CROSS JOIN statement_bodies AS b ON b.id = s.id
    WHERE ${COUNTABLE} AND ${DAY} BETWEEN ?4 AND ?5 AND (?6 = 0 OR ${ACCREDITED}) AND NOT ${MOVED}
    ORDER BY a.log_index LIMIT ?7`,
  `s.log_index AS "index", s.subject AS site,
    (SELECT provenance FROM audits WHERE hash = s.hash) AS provenance,
    (SELECT ifnull(audit_to, audit_from) FROM audits WHERE hash = s.hash) AS day`,
);

interface CohortPart extends LogPart {
  readonly from: string;
  readonly to: string;
  /** Of a founding cohort: audits by accredited auditors alone. */
  readonly isFounding: boolean;
  readonly limit: number;
}

/** Countable audits of a cohort, sealed, in the order of the log. */
export async function listOfCohort(db: Db, _: SystemScope, ask: CohortPart): Promise<LogPage<CohortAudit>> {
  const last = Math.min(ask.after + WINDOW, ask.size - 1);
  const bound = [ask.after, last, ask.size, ask.from, ask.to, Number(ask.isFounding), ask.limit];
  const rows = (
    await db
      .prepare(OF_COHORT)
      .bind(...bound)
      .all<CohortAudit>()
  ).results;
  // A look that was cut off by its budget says so by its last row alone.
  return { rows, after: rows.at(-1)?.index ?? last };
}
