import { base64url } from "@quasarix/shared/base64.ts";
import type { TreeHead } from "@quasarix/shared/log/append.ts";
import type { FoundingKeys } from "@quasarix/shared/registry/project.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";
import { boundRows, type Db, jsonChunks } from "./db.ts";
import { projection } from "./project.ts";

/** A statement with its place in the log and in its dossier; `prev` is b64url. */
export interface Placed extends Logged {
  readonly seq: number;
  readonly prev: string;
}

/**
 * One D1 batch: places, projections, and the anchor. Only after it may a receipt leave (DESIGN 5), so that a log that
 * fell back behind what we acknowledged is noticed. Doing it twice changes nothing.
 */
export async function recordPlaces(
  db: Db,
  placed: readonly Placed[],
  head: TreeHead,
  founding: FoundingKeys,
): Promise<void> {
  const places = placed.map(({ hash, index, seq, admittedAt, prev }) => [hash, index, seq, admittedAt, prev]);
  await db.batch([
    ...jsonChunks(places).map((chunk) => db.prepare(PLACE).bind(chunk)),
    ...projection(db, placed, founding),
    db.prepare(ANCHOR).bind(head.size, base64url(head.root)),
  ]);
}

// `+`: by their hashes. Through the index of what is staged, each that waits would be held against each of these.
export const PLACE = `${boundRows(["hash", "at", "seq", "admitted_at", "prev"])}
  UPDATE statements SET log_index = one.at, seq = one.seq, admitted_at = one.admitted_at, prev = one.prev
  FROM one WHERE statements.hash = one.hash AND +statements.log_index IS NULL`;

const ANCHOR = `INSERT INTO anchor (id, size, root) VALUES (1, ?1, ?2)
  ON CONFLICT (id) DO UPDATE SET size = excluded.size, root = excluded.root WHERE excluded.size > anchor.size`;

export async function readAnchor(db: Db): Promise<{ size: number; root: string } | null> {
  return db.prepare("SELECT size, root FROM anchor WHERE id = 1").first<{ size: number; root: string }>();
}
