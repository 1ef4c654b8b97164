import type { BinNumber } from "./metric.ts";

/** The most that each of the first four bins holds (BENCHMARKS 1.1). */
const FINDINGS = [0, 2, 5, 10] as const;
const DAYS = [30, 60, 90, 180] as const;

const binOf = (bounds: readonly number[], value: number): BinNumber => {
  const at = bounds.findIndex((most) => value <= most);
  return (at === -1 ? bounds.length + 1 : at + 1) as BinNumber;
};

/** Of so many findings of one severity: 0, 1-2, 3-5, 6-10, more. */
export const findingsBin = (count: number): BinNumber => binOf(FINDINGS, count);

/** Of so many days until a finding was closed; null: it is open. */
export const remediationBin = (days: number | null): BinNumber => (days === null ? 5 : binOf(DAYS, days));
