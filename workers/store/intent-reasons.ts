import type { ReasonTotal } from "@quasarix/shared/duplicate/intent-reasons.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import { STORED, WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";
import type { StoredStatement } from "./vault.ts";

/** An intent whose section `reason` says why it was ordered anyway: sealed. */
export interface SealedReason extends StoredStatement {
  readonly org: string;
  readonly batch: number;
  readonly index: number;
}

/** Exported for the test of its plan. */
export const SEALED = `SELECT ${STORED}, i.org, i.log_index AS "index",
    (SELECT number FROM discovery_batches WHERE size > i.log_index ORDER BY size LIMIT 1) AS batch
  FROM intents AS i CROSS JOIN ${WITH_BODY}
  WHERE s.hash = i.hash AND i.anyway = 1 AND i.log_index > ?1 AND i.log_index < ?2 ORDER BY i.log_index LIMIT ?3`;

/** In the order of the log, above `after` and below `size`. */
export async function listReasons(
  db: Db,
  _: SystemScope,
  { after, size, limit }: { readonly after: number; readonly size: number; readonly limit: number },
): Promise<SealedReason[]> {
  return (await db.prepare(SEALED).bind(after, size, limit).all<SealedReason>()).results;
}

/** In place of what was counted before. */
export async function keepReasonTotals(db: Db, _: SystemScope, totals: readonly ReasonTotal[]): Promise<void> {
  const insert = `INSERT INTO reason_totals (code, times)
    SELECT value->>'$.code', value->>'$.times' FROM json_each(?1)`;
  await db.batch([db.prepare("DELETE FROM reason_totals"), db.prepare(insert).bind(JSON.stringify(totals))]);
}

/** As of the last batch that was counted; none below five members. */
export const readReasonTotals = async (db: Db): Promise<ReasonTotal[]> =>
  (await db.prepare("SELECT code, times FROM reason_totals ORDER BY code").all<ReasonTotal>()).results;
