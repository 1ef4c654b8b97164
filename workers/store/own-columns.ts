import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Db } from "./db.ts";

export interface OwnColumns {
  readonly sealed: string;
  readonly etag: string;
}

export const findOwnColumns = (db: Db, by: Principal): Promise<OwnColumns | null> =>
  db.prepare("SELECT sealed, etag FROM own_columns WHERE org = ?1").bind(by.org).first<OwnColumns>();

const FIRST = `INSERT INTO own_columns (org, etag, sealed, updated_at) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (org) DO NOTHING RETURNING etag`;
const NEXT =
  "UPDATE own_columns SET etag = ?2, sealed = ?3, updated_at = ?4 WHERE org = ?1 AND etag = ?5 RETURNING etag";

/** In place of the state that `replaces` names, null: of none. False: that is not the state that stands. */
export async function keepOwnColumns(
  db: Db,
  by: Principal,
  { sealed, etag }: OwnColumns,
  { replaces, now }: { readonly replaces: string | null; readonly now: number },
): Promise<boolean> {
  const write =
    replaces === null
      ? db.prepare(FIRST).bind(by.org, etag, sealed, now)
      : db.prepare(NEXT).bind(by.org, etag, sealed, now, replaces);
  return (await write.first()) !== null;
}
