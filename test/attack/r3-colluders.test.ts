import { describe, expect, test } from "vitest";
import { type Residual, residuals } from "./colluders.ts";
import { chanceOf, errorLeft, histograms, type LevelCase } from "./level-attack.ts";
import { binsOf, looks, minus, openRule } from "./looks.ts";
import { measure, PATIENCE, sized } from "./measured.ts";
import { PRIOR } from "./member-level.ts";
import { noiseChance } from "./noise-model.ts";
import { POOLS, SEEDS } from "./world.ts";

const B = 2;
const meanOf = (bins: readonly number[]): number => {
  const total = bins.reduce((sum, count) => sum + count, 0);
  return total === 0 ? 3.24 : bins.reduce((sum, count, bin) => sum + count * (bin + 1), 0) / total;
};
const clipped = (left: readonly number[]): number[] => left.map((count) => Math.max(0, count));
const isSame = (a: readonly number[], b: readonly number[]): boolean => a.every((count, bin) => count === b[bin]);

describe("R3, all others of a cell together against its last member", { timeout: PATIENCE }, () => {
  const releases = sized(2, 20, 100);
  let held: Residual[] | null = null;
  const cases = (): Residual[] => {
    held ??= SEEDS.slice(0, sized(1, 3, 3)).flatMap((seed) => residuals(POOLS.thirty, seed, releases));
    return held;
  };

  test("every cell, every victim with five counted suppliers: they do not know its histogram, nor its mean", () => {
    const seen = cases();
    expect(seen.length).toBeGreaterThan(200);
    const size = `${seen.length} (cell, victim, metric) of ${releases} releases a world`;
    const exact = seen.filter(({ left, truth }) => isSame(clipped(left), truth)).length / seen.length;
    const error = seen.reduce((sum, { left, truth }) => sum + (meanOf(clipped(left)) - meanOf(truth)) ** 2, 0);
    measure({ test: "R3", what: "exact histogram, subtracted and clipped", size, measured: exact, most: 0.03 });
    const rmse = Math.sqrt(error / seen.length);
    measure({ test: "R3", what: "rmse of its mean in a release, in points", size, measured: rmse, least: 0.6 });
  });

  test("a Bayesian coalition guesses the histogram little better than somebody who never looked", () => {
    const noise = noiseChance(B);
    const all = histograms(5).map((bins) => ({ bins, before: chanceOf(bins, PRIOR) }));
    const blind = all.reduce((best, one) => (one.before > best.before ? one : best));
    const likely = (left: readonly number[], bins: readonly number[]): number =>
      bins.reduce((product, count, bin) => product * noise((left[bin] ?? 0) - count), 1);
    const tried = cases().slice(0, 20_000);
    const hits = tried.filter(({ left, truth }) => {
      const after = all.map(({ bins, before }) => before * likely(left, bins));
      return isSame(all[after.indexOf(Math.max(...after))]?.bins ?? [], truth);
    }).length;
    const what = `exact histogram by a Bayesian coalition (without looking: ${blind.before.toFixed(3)})`;
    measure({ test: "R3", what, size: `${tried.length} cases`, measured: hits / tried.length });
  });
});

const KNOWN = [1, 2, 3, 4].map((value) => ({ sponsor: `org_${value}`, value }));

/** The real noise of as many releases as are asked for. */
function noiseFrom(seed: string, runs: number): () => readonly number[] {
  const all = looks({ seed, records: KNOWN, runs, rule: openRule() });
  return () => minus(all.next().value ?? [], binsOf(KNOWN));
}

type Row = Pick<LevelCase, "hidden" | "looks" | "by"> & { says: string; least?: number; trials: number };

/** BENCHMARKS 1.6 and 2.2: what the specification's attacker has to be left with, and what the strongest one is. */
const ROWS: readonly Row[] = [
  { hidden: 1, looks: 1, by: "clip", trials: sized(300, 4_000, 20_000), says: "1 quarter", least: 0.95 },
  {
    hidden: 1,
    looks: 8,
    by: "clip",
    trials: sized(150, 2_000, 10_000),
    says: "8 quarters",
    least: sized(0.75, 0.85, 0.85),
  },
  { hidden: 1, looks: 1, by: "bayes", trials: sized(300, 4_000, 20_000), says: "1 quarter" },
  { hidden: 1, looks: 8, by: "bayes", trials: sized(60, 2_000, 10_000), says: "8 quarters" },
  { hidden: 1, looks: 100, by: "bayes", trials: sized(5, 200, 2_000), says: "100 looks" },
  {
    hidden: 3,
    looks: 100,
    by: "bayes",
    trials: sized(12, 500, 4_000),
    says: "100 looks",
    least: sized(0.5, 0.75, 0.78),
  },
  {
    hidden: 5,
    looks: 100,
    by: "bayes",
    trials: sized(12, 500, 4_000),
    says: "100 looks",
    least: sized(0.5, 0.8, 0.85),
  },
];

describe("R3, a member's lasting level: the error left after looking, as a share of that before", () => {
  test.each(ROWS)(
    "$hidden hidden, $says, attacker: $by",
    { timeout: PATIENCE },
    ({ says, least, trials, ...asked }) => {
      const seed = `r3 ${asked.hidden} ${asked.looks} ${asked.by}`;
      const noise = noiseFrom(seed, trials * asked.looks);
      const measured = errorLeft({ ...asked, seed, trials, each: 5, noise, b: B });
      const attacker = asked.by === "clip" ? "subtract, clip, most likely" : "strongest";
      const what = `error left, ${asked.hidden} hidden, ${says}, ${attacker} attacker`;
      measure({ test: "R3", what, size: `${trials} trials`, measured, ...(least === undefined ? {} : { least }) });
    },
  );

  test("the same without noise: the looks are worth what the specification's are", () => {
    const without = { seed: "r3 exact", trials: sized(1_500, 4_000, 20_000), hidden: 1, each: 5, noise: null, b: B };
    const measured = errorLeft({ ...without, looks: 1, by: "bayes" });
    const what = "error left, 1 hidden, exact publication once (the specification's: .77)";
    measure({ test: "R3", what, size: `${without.trials} trials`, measured, least: 0.74, most: 0.8 });
  });
});
