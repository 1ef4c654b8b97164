import { concat } from "@quasarix/shared/bytes.ts";
import { partialTiles } from "@quasarix/shared/log/edge.ts";
import type { GroupPlan, LogState } from "@quasarix/shared/log/sequence.ts";
import { TILE_LEVEL_STRIDE } from "./schema.ts";

/** Another writer moved the head since the group was planned. */
export class Stale extends Error {
  override readonly name = "Stale";
}

/** One transaction, all of a group or nothing. Throws `Stale` unless the head is still the one planned on. */
export function commitGroup(storage: DurableObjectStorage, old: LogState, plan: GroupPlan, note: string): void {
  const { sql } = storage;
  storage.transactionSync(() => {
    const { size, root, admittedAt } = plan.next;
    const swap = sql.exec(
      "UPDATE head SET size = ?, root = ?, admitted_at = ? WHERE size = ?",
      size,
      root,
      admittedAt,
      old.size,
    );
    if (swap.rowsWritten !== 1) throw new Stale(`the head is no longer at size ${old.size}`);
    sql.exec("INSERT INTO checkpoint (size, root, note) VALUES (?, ?, ?)", size, root, note);
    writeEntries(sql, old.size, plan);
    writeTiles(sql, plan);
    writeDossiers(sql, plan);
  });
}

function writeEntries(sql: SqlStorage, first: number, { entries, next }: GroupPlan): void {
  const seqs = JSON.stringify(entries.map(({ seq }) => seq));
  sql.exec(
    `INSERT INTO entry (idx, entry, seq, prev)
     SELECT ?1 + key, substr(?2, 1 + 57 * key, 57), value, substr(?3, 1 + 32 * key, 32) FROM json_each(?4)`,
    first,
    concat(...entries.map(({ entry }) => entry)),
    concat(...entries.map(({ prev }) => prev)),
    seqs,
  );
  sql.exec(
    `INSERT INTO appended (statement_hash, idx, first_size)
     SELECT substr(?1, 1 + 32 * key, 32), ?2 + key, ?3 FROM json_each(?4)`,
    concat(...entries.map(({ statementHash }) => statementHash)),
    first,
    next.size,
    seqs,
  );
}

function writeTiles(sql: SqlStorage, { full, next }: GroupPlan): void {
  for (const { level, index, hashes } of [...full, ...partialTiles(next.edge)]) {
    sql.exec("INSERT OR REPLACE INTO tile (id, hashes) VALUES (?, ?)", level * TILE_LEVEL_STRIDE + index, hashes);
  }
}

function writeDossiers(sql: SqlStorage, { dossiers }: GroupPlan): void {
  sql.exec(
    `INSERT OR REPLACE INTO dossier (subject, next, last)
     SELECT substr(?1, 1 + 32 * key, 32), value, substr(?2, 1 + 32 * key, 32) FROM json_each(?3)`,
    concat(...dossiers.map(({ subject }) => subject)),
    concat(...dossiers.map(({ last }) => last)),
    JSON.stringify(dossiers.map(({ next }) => next)),
  );
}
