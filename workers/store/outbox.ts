import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";
import type { StoredStatement } from "./vault.ts";

const STORED = "hash, jwt, bodies, wrapped, kek_version AS kekVersion";

/** Staged, not yet in the log as far as D1 knows, in the order they were staged. */
export async function listStaged(
  db: Db,
  _: SystemScope,
  ask: { readonly before: number; readonly limit: number },
): Promise<readonly StoredStatement[]> {
  const rows = await db
    .prepare(
      `SELECT ${STORED} FROM statements WHERE log_index IS NULL AND staged_at < ?1 ORDER BY staged_at, id LIMIT ?2`,
    )
    .bind(ask.before, ask.limit)
    .all<StoredStatement>();
  return rows.results;
}

export interface WaitingSubmission extends StoredStatement {
  readonly site: string;
}

/** Submissions that no round has taken yet. By hash: an order that says nothing of who came when. */
export async function listWaiting(db: Db, _: SystemScope, limit: number): Promise<readonly WaitingSubmission[]> {
  const rows = await db
    .prepare(
      `SELECT ${STORED.replaceAll("hash", "s.hash")}, m.site FROM submissions AS m
       JOIN statements AS s ON s.hash = m.hash WHERE m.audit IS NULL ORDER BY m.hash LIMIT ?1`,
    )
    .bind(limit)
    .all<WaitingSubmission>();
  return rows.results;
}

/** To stand in the batch that stages the audits: a submission is taken once, exactly when its audit is there. */
export const markTaken = (
  db: Db,
  _: SystemScope,
  taken: readonly { readonly submission: string; readonly audit: string }[],
): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE submissions SET audit = one.audit
       FROM (SELECT value->>'$.submission' AS hash, value->>'$.audit' AS audit FROM json_each(?1)) AS one
       WHERE submissions.hash = one.hash AND submissions.audit IS NULL`,
    )
    .bind(JSON.stringify(taken));

/**
 * How far D1 knows the log without a gap, from `from` on: a statement is staged before it is sequenced, but requests
 * record their places in any order.
 */
export async function recordedSize(db: Db, _: SystemScope, from: number): Promise<number> {
  const row = await db
    .prepare(
      `SELECT min(log_index) + 1 AS size FROM statements AS s WHERE log_index >= ?1
       AND NOT EXISTS (SELECT 1 FROM statements AS t WHERE t.log_index = s.log_index + 1)`,
    )
    .bind(Math.max(0, from - 1))
    .first<{ size: number | null }>();
  return row?.size ?? 0;
}

/** The last log index at which the set of keys, or what is known of one, changed; null without keys. */
export async function lastKeyChange(db: Db, _: SystemScope): Promise<number | null> {
  const row = await db
    .prepare("SELECT max(max(from_index, ifnull(until_index, 0), ifnull(loss_known, 0))) AS at FROM keys")
    .first<{ at: number | null }>();
  return row?.at ?? null;
}
