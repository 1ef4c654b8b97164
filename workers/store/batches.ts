import { type Batch, type FoundingFacts, NO_BATCH } from "@quasarix/shared/duplicate/batch.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";

/** Log entries below this are what members hear of one another; for use inside a query. */
export const BATCH_SIZE = "(SELECT ifnull(max(size), 0) FROM discovery_batches)";

const LAST = `SELECT number, closed_at AS closedAt, size FROM discovery_batches ORDER BY number DESC LIMIT 1`;

/** The last closed batch; `NO_BATCH` before the first. */
export const lastBatch = async (db: Db): Promise<Batch> => (await db.prepare(LAST).first<Batch>()) ?? NO_BATCH;

// Its keys a member signs to join: they make nobody a likely source of what others hear.
const ACTIVE = `SELECT count(*) AS n FROM organisations AS o WHERE kind = 'member' AND suspended = 0
  AND EXISTS (SELECT 1 FROM statements AS s WHERE s.issuer = o.id AND s.type NOT IN ('key', 'key-loss') AND s.log_index < ?1)`;

/** Members that are not suspended and said something of their own before log index `size`. */
export async function activeMembers(db: Db, size: number): Promise<number> {
  // Before the first batch there is nothing below: each member's statements would be read to their end to find that out.
  if (size === 0) return 0;
  return (await db.prepare(ACTIVE).bind(size).first<{ n: number }>())?.n ?? 0;
}

/** Does nothing where this number was closed already. */
export async function closeBatch(db: Db, _: SystemScope, { number, closedAt, size }: Batch): Promise<void> {
  const insert = `INSERT INTO discovery_batches (number, closed_at, size) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING`;
  await db.prepare(insert).bind(number, closedAt, size).run();
}

const JOINED = `FROM organisations AS o WHERE kind = 'member' AND suspended = 0 AND EXISTS (SELECT 1 FROM keys WHERE org = o.id)`;

const FOUNDING = `SELECT (SELECT admitted_at FROM statements WHERE log_index = 0) AS foundedAt,
  (SELECT count(*) ${JOINED}) AS joined,
  (SELECT count(*) ${JOINED} AND (EXISTS (SELECT 1 FROM listings WHERE org = o.id)
    OR EXISTS (SELECT 1 FROM proposals WHERE org = o.id))) AS listed,
  EXISTS (SELECT 1 FROM submissions WHERE audit IS NULL) OR EXISTS (SELECT 1 FROM proposals WHERE sites IS NULL) AS isWaiting,
  (SELECT admitted_at FROM statements WHERE log_index >= 0 AND type IN ('listing', 'submission', 'site', 'audit')
    ORDER BY log_index DESC LIMIT 1) AS lastAt`;

type FoundingRow = Omit<FoundingFacts, "isWaiting" | "foundedAt"> & { foundedAt: number | null; isWaiting: 0 | 1 };

/** What the first batch waits for; null before genesis. */
export async function foundingFacts(db: Db, _: SystemScope): Promise<FoundingFacts | null> {
  const row = await db.prepare(FOUNDING).first<FoundingRow>();
  if (!row || row.foundedAt === null) return null;
  return { ...row, foundedAt: row.foundedAt, isWaiting: row.isWaiting === 1 };
}
