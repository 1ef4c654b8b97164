import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";

export interface DueAudit {
  readonly audit: string;
  readonly site: string;
}

export interface DueDeliveries {
  /** Some that an earlier look made are on their way into the log: what is due shows when they are there. */
  readonly isStaged: boolean;
  readonly opened: readonly DueAudit[];
  /** Told of for the `number`th time. */
  readonly notices: readonly (DueAudit & { readonly number: number })[];
}

/** What has not come into the log in this time may never do so, and must not keep the others from it. */
const PATIENCE_MS = 3_600_000;
const STAGED = "SELECT 1 FROM statements WHERE log_index IS NULL AND staged_at > ?1 AND type = 'delivery' LIMIT 1";

// From the receipts: audits whose clock waits may be very many, looks of suppliers since the last time are few.
const OPENED = `SELECT DISTINCT a.hash AS audit, a.site FROM receipts AS r CROSS JOIN audits AS a ON a.hash = r.audit
  WHERE r.standing = 'supplier' AND r.at >= ?1 AND a.notice_due IS NOT NULL LIMIT ?2`;

const NOTICES = `SELECT a.hash AS audit, a.site,
    1 + (SELECT count(*) FROM deliveries AS d WHERE d.audit = a.hash AND d.event = 'notice') AS number
  FROM audits AS a CROSS JOIN sites AS s ON s.id = a.site
  WHERE a.notice_due <= ?1 AND s.supplier IS NOT NULL ORDER BY a.notice_due LIMIT ?2`;

/** At most `limit` of either kind. `since`, Unix ms: reads from then on are looked at. */
export async function listDueDeliveries(
  db: Db,
  _: SystemScope,
  ask: { readonly since: number; readonly now: number; readonly limit: number },
): Promise<DueDeliveries> {
  const [staged, opened, notices] = (await db.batch([
    db.prepare(STAGED).bind(ask.now - PATIENCE_MS),
    db.prepare(OPENED).bind(ask.since, ask.limit),
    db.prepare(NOTICES).bind(ask.now, ask.limit),
  ])) as [D1Result<unknown>, D1Result<DueAudit>, D1Result<DueAudit & { number: number }>];
  return { isStaged: staged.results.length > 0, opened: opened.results, notices: notices.results };
}
