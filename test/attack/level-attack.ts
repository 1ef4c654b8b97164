import { chance } from "./chance.ts";
import { drawLevel, drawScores, type LevelGrid, levelGrid } from "./member-level.ts";
import { noiseChance } from "./noise-model.ts";

/** A coalition that knows all but its hidden members' scores and looks at what is left of a cell, release after release. */
export interface LevelCase {
  readonly seed: string;
  readonly trials: number;
  /** Members that it does not know; it is after the lasting level of one of them. */
  readonly hidden: number;
  /** Counted scores of each in one look. */
  readonly each: number;
  readonly looks: number;
  /** Five draws, as the release adds them to the five bins of a look; null: what is counted is published exactly. */
  readonly noise: ((trial: number, look: number) => readonly number[]) | null;
  /** The scale that the attacker believes in. */
  readonly b: number;
  /** `clip`: takes what is left for counts, negative ones for 0. `bayes`: reckons with the noise, the strongest there is. */
  readonly by: "clip" | "bayes";
}

/** Logarithms of likelihoods, one at each point of the grid. */
type Evidence = (seen: readonly number[]) => Float64Array;

/** The error of the attacker's best estimate as a share of the error that it had before looking. */
export function errorLeft(asked: LevelCase): number {
  const grid = levelGrid(asked.hidden);
  const evidence = evidenceOf(asked, grid);
  const before = sumOf(grid.weights, (weight, at) => weight * (grid.scores[at] ?? 0));
  const next = chance(asked.seed);
  let after2 = 0;
  let before2 = 0;
  for (let trial = 0; trial < asked.trials; trial++) {
    const levels = Array.from({ length: asked.hidden }, () => drawLevel(next));
    const doubt = Float64Array.from(grid.weights, Math.log);
    for (let look = 0; look < asked.looks; look++) {
      const own = levels.map(({ shares }) => drawScores(next, shares, asked.each));
      const noise = asked.noise?.(trial, look);
      const seen = [0, 1, 2, 3, 4].map((bin) => sumOf(own, (bins) => bins[bin] ?? 0) + (noise?.[bin] ?? 0));
      for (const [at, says] of evidence(seen).entries()) doubt[at] = (doubt[at] ?? 0) + says;
    }
    const truth = levels[0]?.score ?? 0;
    after2 += (meanUnder(doubt, grid.scores) - truth) ** 2;
    before2 += (before - truth) ** 2;
  }
  return Math.sqrt(after2 / before2);
}

const sumOf = <T>(items: readonly T[], of: (item: T, at: number) => number): number =>
  items.reduce((sum, item, at) => sum + of(item, at), 0);

function meanUnder(doubt: Float64Array, scores: readonly number[]): number {
  const highest = Math.max(...doubt);
  const weights = [...doubt].map((says) => Math.exp(says - highest));
  return sumOf(weights, (weight, at) => weight * (scores[at] ?? 0)) / sumOf(weights, (weight) => weight);
}

function evidenceOf({ hidden, each, noise, b, by }: LevelCase, grid: LevelGrid): Evidence {
  if (!noise || by === "clip") return countEvidence(grid);
  return hidden === 1 && each <= 5 ? wholeEvidence(grid, each, b) : binEvidence(grid, hidden * each, b);
}

const countEvidence =
  ({ shares }: LevelGrid): Evidence =>
  (seen) =>
    Float64Array.from(shares, (own) => sumOf(seen, (count, bin) => Math.max(0, count) * Math.log(own[bin] ?? 0)));

/** All ways in which `count` scores fall into the bins from `bin` on. */
export function histograms(count: number, bin = 0): number[][] {
  if (bin === 4) return [[count]];
  return Array.from({ length: count + 1 }, (_, here) => here).flatMap((here) =>
    histograms(count - here, bin + 1).map((rest) => [here, ...rest]),
  );
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

export const chanceOf = (bins: readonly number[], shares: readonly number[]): number =>
  bins.reduce(
    (product, count, bin) => (product * (shares[bin] ?? 0) ** count) / factorial(count),
    factorial(sumOf(bins, (count) => count)),
  );

/** The whole likelihood: over every histogram that may stand behind the noise. */
function wholeEvidence(grid: LevelGrid, count: number, b: number): Evidence {
  const noise = noiseChance(b);
  const all = histograms(count);
  const table = grid.shares.map((shares) => Float64Array.from(all, (bins) => chanceOf(bins, shares)));
  return (seen) => {
    const left = Float64Array.from(all, (bins) =>
      bins.reduce((product, inBin, bin) => product * noise((seen[bin] ?? 0) - inBin), 1),
    );
    return Float64Array.from(table, (chances) =>
      Math.log(chances.reduce((sum, p, at) => sum + p * (left[at] ?? 0), 0)),
    );
  };
}

const WIDEST = 400;

/** Bin by bin, as if they were independent: with more than a few scores the noise hides what that gives away. */
function binEvidence(grid: LevelGrid, count: number, b: number): Evidence {
  const noise = noiseChance(b);
  const inBin = (share: number, k: number): number =>
    (factorial(count) / factorial(k) / factorial(count - k)) * share ** k * (1 - share) ** (count - k);
  const says = (share: number, seen: number): number =>
    Math.log(sumOf([...Array(count + 1).keys()], (k) => inBin(share, k) * noise(seen - k)));
  const known = new Map<number, Float64Array>();
  const column = (bin: number, seen: number): Float64Array => {
    const key = bin * 2 * WIDEST + seen + WIDEST;
    const found = known.get(key) ?? Float64Array.from(grid.shares, (shares) => says(shares[bin] ?? 0, seen));
    known.set(key, found);
    return found;
  };
  return (seen) => {
    const columns = seen.map((value, bin) => column(bin, value));
    return Float64Array.from(grid.shares, (_, at) => sumOf(columns, (one) => one[at] ?? 0));
  };
}
