import type { Bytes } from "../bytes.ts";
import { sha256 } from "../sha256.ts";
import type { Drawn } from "./draw.ts";
import type { RecordTable } from "./record-table.ts";
import type { Bins } from "./release-file.ts";

/** What counts of one metric in one cell, before the noise: nothing of it leaves the release's build but by the noise. */
export interface Counted {
  readonly bins: Bins;
  /** Records. */
  readonly counted: number;
  readonly sponsors: number;
  /** Records of the sponsor who has most. */
  readonly largest: number;
}

export function histogram(table: RecordTable, { rows, values }: Drawn, metric: number): Counted {
  const bins: Bins = [0, 0, 0, 0, 0];
  const perSponsor = new Uint32Array(table.sponsors.length);
  for (const [i, row] of rows.entries()) {
    const value = values[i * table.metrics + metric] as number;
    if (value === 0) continue;
    bins[value - 1] = (bins[value - 1] as number) + 1;
    perSponsor[table.sponsor(row)] = (perSponsor[table.sponsor(row)] as number) + 1;
  }
  return {
    bins,
    counted: bins.reduce((sum, bin) => sum + bin, 0),
    sponsors: perSponsor.reduce((sum, records) => sum + (records > 0 ? 1 : 0), 0),
    largest: perSponsor.reduce((most, records) => Math.max(most, records), 0),
  };
}

const LF = 0x0a;
const ZERO = 0x30;

/** SHA-256 over the drawn records: `site LF value LF` each, in the order of their sites. What the noise is keyed with. */
export function inputDigest(table: RecordTable, { rows, values }: Drawn, metric: number): Bytes {
  const valueAt = (i: number): number => values[i * table.metrics + metric] as number;
  let length = 0;
  for (const [i, row] of rows.entries()) if (valueAt(i) !== 0) length += table.site(row).length + 3;
  const text = new Uint8Array(length);
  let at = 0;
  for (const [i, row] of rows.entries()) {
    if (valueAt(i) === 0) continue;
    const site = table.site(row);
    text.set(site, at);
    at += site.length;
    text.set([LF, ZERO + valueAt(i), LF], at);
    at += 3;
  }
  return sha256(text);
}

/**
 * The floor of BENCHMARKS 1.3 and 1.9: enough records, enough sponsors, and nobody with more than a quarter (which K and the
 * floor of both profiles give; a plan of other numbers has to give it here).
 */
export const isPublished = (
  { counted, sponsors, largest }: Counted,
  floor: { readonly counted: number; readonly sponsors: number },
): boolean => counted >= floor.counted && sponsors >= floor.sponsors && 4 * largest <= counted;
