import type { KeyRow } from "@quasarix/shared/statement/keyring.ts";
import { WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";
import type { ReadPlace } from "./read.ts";

export interface StoredKeyring {
  readonly place: ReadPlace;
  readonly jwt: string;
  /** The log size it speaks of. */
  readonly covers: number;
  /** As they stood at `covers`: what the keyring's root was computed over. */
  readonly rows: readonly KeyRow[];
}

/** Every key as it stood when the log had `size` entries (FORMATS 3). */
export async function keyRowsAt(db: Db, size: number): Promise<KeyRow[]> {
  const rows = await db
    .prepare(
      `SELECT kid, x, org, use, from_index AS "from",
         CASE WHEN until_index < ?1 THEN until_index END AS "until", CASE WHEN loss_known < ?1 THEN loss_index END AS loss
       FROM keys WHERE from_index < ?1 ORDER BY kid`,
    )
    .bind(size)
    .all<KeyRow>();
  return rows.results;
}

/** Null while the platform has stated none. */
export async function newestKeyring(db: Db, origin: string): Promise<StoredKeyring | null> {
  const row = await db
    .prepare(
      `SELECT hash, jwt, subject, log_index AS "index", seq, prev, kid, issuer FROM ${WITH_BODY}
       WHERE issuer = ?1 AND type = 'keyring' AND log_index IS NOT NULL ORDER BY log_index DESC LIMIT 1`,
    )
    .bind(origin)
    .first<ReadPlace & { jwt: string }>();
  if (!row) return null;
  const { jwt, ...place } = row;
  const covers = coversOf(jwt);
  return { place, jwt, covers, rows: await keyRowsAt(db, covers) };
}

/** Our own statement, so its payload is as we wrote it. */
function coversOf(jwt: string): number {
  const payload = jwt.split(".")[1] ?? "";
  return (JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as { covers: number }).covers;
}
