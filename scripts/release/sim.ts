/** BENCHMARKS 1.7, the recommended rule end to end (K=5, b=2) on simulated pools. */
interface Expected {
  readonly counted: number;
  readonly mean: number;
  readonly share: number;
  /** 19 times in 20. */
  readonly within: number;
}

const TABLE: readonly Expected[] = [
  { counted: 34, mean: 0.26, share: 10.5, within: 21 },
  { counted: 40, mean: 0.23, share: 9.3, within: 19 },
  { counted: 52, mean: 0.2, share: 8.1, within: 16 },
  { counted: 70, mean: 0.17, share: 6.7, within: 13 },
  { counted: 104, mean: 0.13, share: 5.1, within: 10 },
  { counted: 144, mean: 0.11, share: 4.4, within: 8 },
  { counted: 269, mean: 0.07, share: 3, within: 6 },
];

/** The row whose count is nearest, by ratio. */
export function expectedAt(counted: number): Expected {
  const away = (row: Expected): number => Math.abs(Math.log(row.counted / counted));
  return TABLE.reduce((nearest, row) => (away(row) < away(nearest) ? row : nearest));
}
