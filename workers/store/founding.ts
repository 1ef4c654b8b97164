import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { Db } from "./db.ts";

export interface Founding {
  readonly origin: string;
  readonly genesis: string;
  readonly operator: string;
  /** Of the operator's dossier. */
  readonly commitment: string;
  readonly now: number;
}

/** The genesis that stands, b64url; null before founding. */
export const foundedBy = async (db: Db, origin: string): Promise<string | null> => {
  const row = await db.prepare("SELECT opening FROM subjects WHERE id = ?1").bind(origin).first<{ opening: string }>();
  return row?.opening ?? null;
};

/**
 * The consortium and its operator as subjects, to stand in one batch with the founding statements: a plain INSERT, so
 * that of two foundings at once one fails as a whole. The same genesis again is a retry, not a second founding.
 */
export async function reserveFounding(db: Db, ask: Founding): Promise<Result<D1PreparedStatement[], Failure>> {
  const standing = await foundedBy(db, ask.origin);
  if (standing === ask.genesis) return ok([]);
  if (standing !== null) return fail({ reason: "already-founded" });
  const insert = `INSERT INTO subjects (id, kind, commitment, reserved_by, reserved_at, opening, opening_index)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`;
  return ok([
    db.prepare(insert).bind(ask.origin, "consortium", "", ask.operator, ask.now, ask.genesis, 0),
    db.prepare(insert).bind(ask.operator, "organisation", ask.commitment, ask.operator, ask.now, null, null),
  ]);
}
