import { describe, expect, test } from "vitest";
import { measure, PATIENCE, sized } from "./measured.ts";
import { errorsOf, type ReleaseError } from "./utility.ts";
import { FIVE, POOLS, SEEDS, SIX } from "./world.ts";

/** BENCHMARKS 1.7, the recommended rule end to end: by counted suppliers, RMSE of the mean and of "% >= 4" in points. */
const TABLE = [
  [34, 0.26, 10.5],
  [40, 0.23, 9.3],
  [52, 0.2, 8.1],
  [70, 0.17, 6.7],
  [104, 0.13, 5.1],
  [144, 0.11, 4.4],
  [269, 0.07, 3],
] as const;

/** Between two rows by the logarithms of both, beyond the last as the root of the count. */
function expected(counted: number, column: 1 | 2): number {
  const at = TABLE.findIndex(([size]) => size >= counted);
  const [high, low] = [TABLE[at], TABLE[at - 1]];
  if (!high) return (TABLE.at(-1)?.[column] ?? 0) * Math.sqrt(269 / counted);
  if (!low) return high[column] * Math.sqrt(high[0] / counted);
  const part = Math.log(counted / low[0]) / Math.log(high[0] / low[0]);
  return low[column] * (high[column] / low[column]) ** part;
}

const rms = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length);

function guard(errors: readonly ReleaseError[], says: string, size: string): void {
  const share = rms(errors.map((one) => one.share / expected(one.counted, 2)));
  const mean = rms(errors.map((one) => one.mean / expected(one.counted, 1)));
  measure({
    test: "R12",
    what: `error of "% >= 4" as a multiple of table 1.7, ${says}`,
    size,
    measured: share,
    most: 1.15,
  });
  measure({
    test: "R12",
    what: `error of the mean as a multiple of table 1.7, ${says}`,
    size,
    measured: mean,
    most: 1.15,
  });
  // What is left of the noise alone: it may be no smaller than was voted, nor larger.
  const noise = rms(errors.map((one) => one.noise / (308 / one.counted)));
  measure({
    test: "R12",
    what: `error by the noise alone as a multiple of 308/W, ${says}`,
    size,
    measured: noise,
    most: 1.15,
  });
}

describe("R12, nobody saves privacy by ruining the figures", { timeout: PATIENCE }, () => {
  const pools = sized([POOLS.thirty], [POOLS.thirty], [POOLS.thirty, POOLS.eighty]);
  test.each(pools)("$name", (pool) => {
    const errors = SEEDS.slice(0, sized(1, 3, 3)).flatMap((seed) => errorsOf(pool, seed, sized(2, 20, 40)));
    expect(errors.length).toBeGreaterThan(100);
    guard(errors, pool.name, `${errors.length} figures of published cells`);
  });

  /** BENCHMARKS 1.9: "% >= 4" within about 9 points, the mean within .22. */
  test.each([SIX, FIVE])("$name, one cell of all peers", (pool) => {
    const errors = SEEDS.flatMap((seed) => errorsOf(pool, seed, sized(4, 50, 200)));
    const size = `${errors.length} figures`;
    const share = rms(errors.map((one) => one.share));
    measure({ test: "R12", what: `error of "% >= 4" in points, ${pool.name}`, size, measured: share, most: 9 * 1.15 });
    const mean = rms(errors.map((one) => one.mean));
    measure({ test: "R12", what: `error of the mean, ${pool.name}`, size, measured: mean, most: 0.22 * 1.15 });
  });
});
