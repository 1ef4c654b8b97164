import type { Bytes } from "@quasarix/shared/bytes.ts";
import { concat, equal } from "@quasarix/shared/bytes.ts";
import type { AppendItem, PublishedCheckpoint } from "@quasarix/shared/log/append.ts";
import { edgeFromTiles, rootOf } from "@quasarix/shared/log/edge.ts";
import type { DossierHead, LogState } from "@quasarix/shared/log/sequence.ts";
import { hashKey } from "@quasarix/shared/log/sequence.ts";
import { EMPTY_ROOT, type Hash } from "@quasarix/shared/log/tree.ts";
import { createTables, TILE_LEVEL_STRIDE } from "./schema.ts";

/** An entry that is in the log, without its dossier key. */
export interface KnownEntry {
  readonly index: number;
  readonly seq: number;
  readonly prev: Hash;
  readonly entry: Bytes;
  /** Size of the checkpoint that its first commit made. */
  readonly firstSize: number;
}

export type TileReader = (level: number, index: number, width: number) => Bytes;

const HASH = 32;
const bytesOf = (blob: ArrayBuffer): Bytes => new Uint8Array(blob);
const positions = (count: number): string => JSON.stringify(Array.from({ length: count }, (_, i) => i));

/** The reads of the object's SQLite. Blobs of one length travel joined: one statement answers for a whole group. */
export class Ledger {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    createTables(sql, EMPTY_ROOT);
  }

  head(): { readonly size: number; readonly root: Hash; readonly admittedAt: number } {
    const row = this.#sql
      .exec<{ size: number; root: ArrayBuffer; admitted_at: number }>("SELECT size, root, admitted_at FROM head")
      .one();
    return { size: row.size, root: bytesOf(row.root), admittedAt: row.admitted_at };
  }

  /** Null when the tiles do not hash to the head's root: nothing may be signed on top of that. */
  load(): LogState | null {
    const head = this.head();
    const edge = edgeFromTiles(head.size, this.tiles());
    return equal(rootOf(edge), head.root) ? { ...head, edge } : null;
  }

  /** Each tile is read once for the life of the reader; a partial one is the prefix of what it has become. */
  tiles(): TileReader {
    const cache = new Map<number, Bytes>();
    return (level, index, width) => {
      const id = level * TILE_LEVEL_STRIDE + index;
      let hashes = cache.get(id);
      if (!hashes) {
        const [row] = this.#sql.exec<{ hashes: ArrayBuffer }>("SELECT hashes FROM tile WHERE id = ?", id);
        if (!row) throw new Error(`tile ${level}/${index} is missing`);
        hashes = bytesOf(row.hashes);
        cache.set(id, hashes);
      }
      if (hashes.length < width * HASH) throw new Error(`tile ${level}/${index} has fewer than ${width} hashes`);
      return hashes.subarray(0, width * HASH);
    };
  }

  /** By `hashKey` of the statement; only those that are in the log. */
  known(items: readonly AppendItem[]): Map<string, KnownEntry> {
    const hashes = concat(...items.map((item) => item.statementHash));
    const rows = this.#sql.exec<{
      at: number;
      idx: number;
      first_size: number;
      entry: ArrayBuffer;
      seq: number;
      prev: ArrayBuffer;
    }>(
      `SELECT p.value AS at, a.idx, a.first_size, e.entry, e.seq, e.prev FROM json_each(?2) p
       CROSS JOIN appended a ON a.statement_hash = substr(?1, 1 + 32 * p.value, 32)
       CROSS JOIN entry e ON e.idx = a.idx`,
      hashes,
      positions(items.length),
    );
    const known = new Map<string, KnownEntry>();
    for (const row of rows) {
      known.set(hashKey((items[row.at] as AppendItem).statementHash), {
        index: row.idx,
        seq: row.seq,
        prev: bytesOf(row.prev),
        entry: bytesOf(row.entry),
        firstSize: row.first_size,
      });
    }
    return known;
  }

  /** By `hashKey` of the subject; only dossiers that have entries. */
  dossiers(items: readonly AppendItem[]): Map<string, DossierHead> {
    const subjects = [...new Map(items.map(({ subject }) => [hashKey(subject), subject]))];
    const rows = this.#sql.exec<{ at: number; next: number; last: ArrayBuffer }>(
      `SELECT p.value AS at, d.next, d.last FROM json_each(?2) p
       CROSS JOIN dossier d ON d.subject = substr(?1, 1 + 32 * p.value, 32)`,
      concat(...subjects.map(([, subject]) => subject)),
      positions(subjects.length),
    );
    const heads = new Map<string, DossierHead>();
    for (const row of rows) {
      const [key] = subjects[row.at] as [string, Hash];
      heads.set(key, { next: row.next, last: bytesOf(row.last) });
    }
    return heads;
  }

  entry(index: number): Bytes {
    return bytesOf(this.#sql.exec<{ entry: ArrayBuffer }>("SELECT entry FROM entry WHERE idx = ?", index).one().entry);
  }

  /** Entries `from` to `to - 1`. */
  entries(from: number, to: number): Bytes[] {
    const rows = this.#sql.exec<{ entry: ArrayBuffer }>(
      "SELECT entry FROM entry WHERE idx >= ? AND idx < ? ORDER BY idx",
      from,
      to,
    );
    return [...rows].map((row) => bytesOf(row.entry));
  }

  /** The committed checkpoint of exactly that size. */
  checkpoint(size: number): { readonly root: Hash; readonly note: string } | null {
    const [row] = this.#sql.exec<{ root: ArrayBuffer; note: string }>(
      "SELECT root, note FROM checkpoint WHERE size = ?",
      size,
    );
    return row ? { root: bytesOf(row.root), note: row.note } : null;
  }

  published(after: number, limit: number): PublishedCheckpoint[] {
    const rows = this.#sql.exec<{ size: number; note: string }>(
      `SELECT p.size, c.note FROM published p JOIN checkpoint c ON c.size = p.size
       WHERE p.size > ? ORDER BY p.size LIMIT ?`,
      after,
      limit,
    );
    return [...rows].map(({ size, note }) => ({ size, note }));
  }

  newestPublished(): { readonly size: number; readonly at: number } | null {
    const [row] = this.#sql.exec<{ size: number; at: number }>(
      "SELECT size, at FROM published ORDER BY size DESC LIMIT 1",
    );
    return row ?? null;
  }
}
