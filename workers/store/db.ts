/** What stores ask of D1: a batch is the transaction, and there is no other. */
export type Db = Pick<D1DatabaseSession, "prepare" | "batch">;

/** Reads and writes on the primary: nothing that decides a permission may come from a replica that lags. */
export const primaryDb = (database: D1Database): Db => database.withSession("first-primary");

/** Characters of one bound parameter: below D1's limit of 2 MB a value, whatever the encoding makes of it. */
const CHUNK = 1_000_000;

/** Rows as JSON arrays for `json_each(?)`, in order; no row is split and none given means no chunk. */
export function jsonChunks(rows: readonly unknown[]): string[] {
  const chunks: string[] = [];
  let part: string[] = [];
  let length = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    if (part.length > 0 && length + text.length > CHUNK) {
      chunks.push(`[${part.join(",")}]`);
      part = [];
      length = 0;
    }
    part.push(text);
    length += text.length + 1;
  }
  if (part.length > 0) chunks.push(`[${part.join(",")}]`);
  return chunks;
}

/**
 * `WITH one AS (...)`: the rows of `?1`, arrays of values in the order of `columns`. Materialized, or `json_each` writes
 * a row out again for every column that is asked of it.
 */
export const boundRows = (columns: readonly string[]): string =>
  `WITH row AS MATERIALIZED (SELECT value FROM json_each(?1)),
  one AS (SELECT ${columns.map((name, i) => `value->>${i} AS "${name}"`).join(", ")} FROM row)`;
