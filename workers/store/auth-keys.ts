import type { Db } from "./db.ts";

export interface AuthKey {
  readonly x: string;
  readonly use: string;
  readonly untilIndex: number | null;
  readonly lossIndex: number | null;
  readonly org: string;
  readonly kind: string;
  readonly isOperator: boolean;
  readonly suspended: boolean;
}

const FIND = `SELECT k.x, k.use, k.until_index AS untilIndex, k.loss_index AS lossIndex,
  o.id AS org, o.kind, o.is_operator AS isOperator, o.suspended
  FROM keys AS k JOIN organisations AS o ON o.id = k.org WHERE k.kid = ?1`;

/** Takes no scope: it is what the door asks before there is a principal. Null for a kid that is unknown here. */
export async function findAuthKey(db: Db, kid: string): Promise<AuthKey | null> {
  const row = await db.prepare(FIND).bind(kid).first<AuthKey & { isOperator: unknown; suspended: unknown }>();
  return row && { ...row, isOperator: Boolean(row.isOperator), suspended: Boolean(row.suspended) };
}
