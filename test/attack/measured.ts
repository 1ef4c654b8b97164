import { appendFileSync } from "node:fs";
import { expect } from "vitest";

/** A row of the table that `npm run attack` prints. */
export interface Measure {
  /** `R1` to `R12`, `S1` to `S11`. */
  readonly test: string;
  readonly what: string;
  /** In words: how many worlds, runs, cells. */
  readonly size: string;
  readonly measured: number;
  readonly least?: number;
  readonly most?: number;
}

/** Fails unless `measured` lies within its bounds; with neither it is reported and no more. */
export function measure(row: Measure): void {
  const file = process.env["ATTACK_TABLE"];
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
  const says = `${row.test}, ${row.what} (${row.size})`;
  expect(row.measured, says).not.toBeNaN();
  if (row.least !== undefined) expect(row.measured, says).toBeGreaterThanOrEqual(row.least);
  if (row.most !== undefined) expect(row.measured, says).toBeLessThanOrEqual(row.most);
}

/** How much is tried: in `npm test`, in `npm run test:long`, and in `npm run attack`. */
export function sized<T>(usual: T, long: T, full: T): T {
  if (process.env["ATTACK"] === "1") return full;
  return process.env["LONG"] === "1" ? long : usual;
}

/** At full size a test may run for an hour. */
export const PATIENCE = sized(60_000, 300_000, 7_200_000);
