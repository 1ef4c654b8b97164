import { amountOf } from "@quasarix/shared/duplicate/cents.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { RecognitionView } from "@quasarix/shared/wire/ledger.ts";
import type { Db } from "./db.ts";

const stands = (row: string): string => `(${row}.revoked_index IS NULL OR ${row}.revoked_index >= ?1)`;

/**
 * What the ledger counts of `recognitions AS r JOIN audits AS a`, with a log size for ?1: it stands, is the first of its kind
 * (two at once are both admitted), is of no key that was lost, and of no audit that the member shared and paid for itself.
 */
export const COUNTED = `r.log_index < ?1 AND ${stands("r")}
  AND NOT EXISTS (SELECT 1 FROM recognitions AS e WHERE e.audit = r.audit AND e.org = r.org AND e.scheme = r.scheme
    AND e.log_index < r.log_index AND ${stands("e")})
  AND NOT EXISTS (SELECT 1 FROM keys WHERE kid = a.kid AND loss_index <= a.log_index)
  AND NOT EXISTS (SELECT 1 FROM settlements AS p JOIN joints AS j ON j.plan = p.plan AND j.org = p.org
    WHERE p.org = r.org AND p.log_index < ?1 AND j.site = a.site AND a.audit_from BETWEEN j.window_from AND j.window_until)`;

/** Of a reader that hears of its own at once: every log size. */
export const ALL_OF_IT = Number.MAX_SAFE_INTEGER;

interface Row extends Omit<RecognitionView, "days" | "money" | "revoked" | "counts"> {
  readonly index: number;
  readonly quarterDays: number;
  readonly cents: number | null;
  readonly currency: string | null;
  readonly revoked: 0 | 1;
  readonly counts: 0 | 1;
}

const OWN = `SELECT r.hash AS recognition, r.audit, a.site, r.scheme, r.quarter_days AS quarterDays, r.cents, r.currency,
    r.admitted_at AS admittedAt, r.revoked_by IS NOT NULL AS revoked, (${COUNTED}) AS counts, r.log_index AS "index"
  FROM recognitions AS r JOIN audits AS a ON a.hash = r.audit
  WHERE r.org = ?2 AND r.log_index > ?3 ORDER BY r.log_index LIMIT ?4`;

/** The asker's own, those that it took back included. Nobody else sees a recognition. */
export async function listRecognitions(
  db: Db,
  by: Principal,
  after: number,
  limit: number,
): Promise<{ readonly index: number; readonly view: RecognitionView }[]> {
  const { results } = await db.prepare(OWN).bind(ALL_OF_IT, by.org, after, limit).all<Row>();
  return results.map(({ index, quarterDays, cents, currency, ...row }) => ({
    index,
    view: {
      ...row,
      days: quarterDays / 4,
      money: currency === null ? null : { currency, amount: amountOf(cents ?? 0) },
      revoked: row.revoked === 1,
      counts: row.counts === 1,
    },
  }));
}
