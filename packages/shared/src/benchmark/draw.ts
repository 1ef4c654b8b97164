import type { Bytes } from "../bytes.ts";
import { concat, utf8 } from "../bytes.ts";
import { hmacSha256 } from "../sha256.ts";
import type { RecordTable } from "./record-table.ts";

const DRAW = utf8("draw|");

/** What a site draws: smallest first. The same for all of its metrics (BENCHMARKS 3: one HMAC a site). */
export type Lot = (site: Uint8Array) => Bytes;
export const lotOf =
  (secret: Bytes): Lot =>
  (site) =>
    hmacSha256(secret, concat(DRAW, site));

/** What counts of one cell: the value of `rows[i]` for metric m stands at `i * metrics + m`, 0 where none does. */
export interface Drawn {
  readonly rows: Uint32Array;
  readonly values: Uint8Array;
}

/**
 * At most K records of a sponsor and metric: those of the smallest lots. Looks at who has a record, never at what it says.
 * `rows`: of one cell, in the order of their sites. Lots are drawn only where a sponsor has more than K.
 */
export function drawCell(table: RecordTable, rows: Uint32Array, K: number, lot: Lot): Drawn {
  const { metrics } = table;
  const values = new Uint8Array(rows.length * metrics);
  for (const [i, row] of rows.entries()) values.set(table.values(row), i * metrics);
  const isOver = recordsOf(table, rows).map((count) => (count > K ? 1 : 0));
  const taken = new Uint32Array(isOver.length);
  for (const i of byLot(table, rows, isOver, lot)) {
    const own = table.sponsor(rows[i] as number) * metrics;
    for (let m = 0; m < metrics; m++) {
      if (values[i * metrics + m] === 0) continue;
      if (taken[own + m] === K) values[i * metrics + m] = 0;
      else taken[own + m] = (taken[own + m] as number) + 1;
    }
  }
  return { rows, values };
}

/** How many records a sponsor has for metric m, at `sponsor * metrics + m`. */
function recordsOf(table: RecordTable, rows: Uint32Array): Uint32Array {
  const counts = new Uint32Array(table.sponsors.length * table.metrics);
  for (const row of rows) {
    const own = table.sponsor(row) * table.metrics;
    for (const [m, value] of table.values(row).entries())
      if (value !== 0) counts[own + m] = (counts[own + m] as number) + 1;
  }
  return counts;
}

/** Indices into `rows` of the sites that have to draw, smallest lot first. */
function byLot(table: RecordTable, rows: Uint32Array, isOver: Uint32Array, lot: Lot): Uint32Array {
  const high = new Uint32Array(rows.length);
  const low = new Uint32Array(rows.length);
  const drawing = new Uint32Array(rows.length)
    .map((_, i) => i)
    .filter((i) => {
      const row = rows[i] as number;
      const own = table.sponsor(row) * table.metrics;
      return table.values(row).some((value, m) => value !== 0 && isOver[own + m] === 1);
    });
  for (const i of drawing) {
    const drawn = lot(table.site(rows[i] as number));
    const words = new DataView(drawn.buffer, drawn.byteOffset);
    high[i] = words.getUint32(0);
    low[i] = words.getUint32(4);
  }
  const at = (column: Uint32Array, i: number): number => column[i] as number;
  // Two equal lots of 64 bits would be an accident; the order of sites decides, so that a re-run agrees.
  return drawing.sort((a, b) => at(high, a) - at(high, b) || at(low, a) - at(low, b) || a - b);
}
