/**
 * `tile.id` is level * 2^48 + index; a partial tile is the same row, growing. `appended` is the only table keyed by a
 * random hash, so that the hot inserts into `entry` stay in order. `outbox` holds the publication under way:
 * `uploaded` entries of it are in R2 as full tiles and bundles.
 */
const TABLES = [
  `CREATE TABLE IF NOT EXISTS head (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL,
    admitted_at INTEGER NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS entry (idx INTEGER PRIMARY KEY, entry BLOB NOT NULL, seq INTEGER NOT NULL,
    prev BLOB NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS tile (id INTEGER PRIMARY KEY, hashes BLOB NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS dossier (subject BLOB PRIMARY KEY, next INTEGER NOT NULL, last BLOB NOT NULL)
    WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS appended (statement_hash BLOB PRIMARY KEY, idx INTEGER NOT NULL,
    first_size INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS checkpoint (size INTEGER PRIMARY KEY, root BLOB NOT NULL, note TEXT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS published (size INTEGER PRIMARY KEY, at INTEGER NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS outbox (size INTEGER PRIMARY KEY, uploaded INTEGER NOT NULL)`,
];

export const TILE_LEVEL_STRIDE = 2 ** 48;

export function createTables(sql: SqlStorage, emptyRoot: Uint8Array): void {
  for (const table of TABLES) sql.exec(table);
  sql.exec("INSERT OR IGNORE INTO head VALUES (1, 0, ?, 0)", emptyRoot);
}
