import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import { STORED, WITH_BODY } from "./bodies.ts";
import { boundRows, type Db } from "./db.ts";
import type { StoredStatement } from "./vault.ts";

/** Characters of statements that one look brings into memory: a thousand of the longest would be too much for the object. */
const BUDGET = 12 * 1_048_576;

/** Of `some` (id, place, length; ascending by place) as many as the budget holds, and the first in any case. */
export const within = (some: string, more = "NULL"): string => `WITH some AS (${some}),
  summed AS (SELECT id, place, sum(length) OVER (ORDER BY place) - length AS ahead FROM some)
  SELECT ${STORED}, ${more} FROM summed
  JOIN statements AS s ON s.id = summed.id JOIN statement_bodies AS b ON b.id = s.id WHERE ahead < ${BUDGET} ORDER BY summed.place`;

const LENGTH = "length(b.jwt) + length(b.bodies) AS length";

/** Staged, not yet in the log as far as D1 knows, in the order they were staged. */
export async function listStaged(
  db: Db,
  _: SystemScope,
  ask: { readonly before: number; readonly limit: number },
): Promise<readonly StoredStatement[]> {
  const some = `SELECT s.id, s.id AS place, ${LENGTH} FROM ${WITH_BODY}
    WHERE s.log_index IS NULL AND s.staged_at < ?1 ORDER BY s.id LIMIT ?2`;
  const rows = await db.prepare(within(some)).bind(ask.before, ask.limit).all<StoredStatement>();
  return rows.results;
}

export interface WaitingSubmission extends StoredStatement {
  readonly site: string;
  /** The audit that was issued of the report that this one stands in place of; null: it stands in place of none. */
  readonly corrects: string | null;
}

/**
 * Submissions that no round has taken yet. By hash: an order that says nothing of who came when. One that stands in place
 * of another waits until that one is issued.
 */
export async function listWaiting(
  db: Db,
  _: SystemScope,
  ask: { readonly until: number; readonly limit: number },
): Promise<readonly WaitingSubmission[]> {
  const some = `SELECT s.id, s.hash AS place, ${LENGTH} FROM submissions AS m
    JOIN statements AS s ON s.hash = m.hash JOIN statement_bodies AS b ON b.id = s.id
    WHERE m.audit IS NULL AND s.staged_at <= ?1
      AND NOT EXISTS (SELECT 1 FROM submissions AS o WHERE o.hash = m.replaces AND o.audit IS NULL)
    ORDER BY s.hash LIMIT ?2`;
  const more = `(SELECT site FROM submissions WHERE hash = s.hash) AS site,
    (SELECT o.audit FROM submissions AS m JOIN submissions AS o ON o.hash = m.replaces WHERE m.hash = s.hash) AS corrects`;
  const rows = await db.prepare(within(some, more)).bind(ask.until, ask.limit).all<WaitingSubmission>();
  return rows.results;
}

/** To stand in the batch that stages the audits: a submission is taken once, exactly when its audit is there. */
export const markTaken = (
  db: Db,
  _: SystemScope,
  taken: readonly { readonly submission: string; readonly audit: string }[],
): D1PreparedStatement =>
  db.prepare(TAKEN).bind(JSON.stringify(taken.map(({ submission, audit }) => [submission, audit])));

export const TAKEN = `${boundRows(["hash", "by"])} UPDATE submissions SET audit = one.by FROM one
  WHERE submissions.hash = one.hash AND submissions.audit IS NULL`;

export async function isKeyringStaged(db: Db, _: SystemScope): Promise<boolean> {
  const staged = "SELECT 1 FROM statements INDEXED BY outbox WHERE log_index IS NULL AND type = 'keyring' LIMIT 1";
  return (await db.prepare(staged).first()) !== null;
}

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
