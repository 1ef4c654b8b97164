import { normal } from "./chance.ts";

/** The chances of 1 to 5 in the simulated pools, which everybody knows (BENCHMARKS 1.6: the best guess is right in 33 %). */
export const PRIOR = [0.08, 0.17, 0.33, 0.27, 0.15] as const;

const BOUNDS = [-1.405, -0.674, 0.202, 1.036];
/** How much of a score's variance is its member's lasting level: so that five exact scores leave 77 % of the doubt. */
const LASTING = 0.135;

/** The standard normal distribution function (Abramowitz and Stegun 7.1.26). */
function below(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const upper = (series * Math.exp(-z * z)) / 2;
  return x < 0 ? upper : 1 - upper;
}

/** The shares of 1 to 5 where levels lie about `level` with this variance (1 is that of the pool). */
function sharesAt(level: number, variance: number): number[] {
  const upTo = [...BOUNDS.map((bound) => below((bound - level) / Math.sqrt(variance))), 1];
  return upTo.map((share, bin) => share - (upTo[bin - 1] ?? 0));
}

const meanOf = (shares: readonly number[]): number => shares.reduce((sum, share, bin) => sum + share * (bin + 1), 0);

/** A member's lasting level as an attacker reckons with it: points of a grid, the shares at each, and how likely each is. */
export interface LevelGrid {
  readonly shares: readonly (readonly number[])[];
  readonly weights: readonly number[];
  /** The expected score at each. */
  readonly scores: readonly number[];
}

const POINTS = 41;
const REACH = 3.5;

/** Of the mean of so many members' levels; one member's own where `hidden` is 1. */
export function levelGrid(hidden: number): LevelGrid {
  const spread = Math.sqrt(LASTING / hidden);
  const at = Array.from({ length: POINTS }, (_, i) => REACH * ((2 * i) / (POINTS - 1) - 1));
  const heights = at.map((z) => Math.exp((-z * z) / 2));
  const total = heights.reduce((sum, height) => sum + height, 0);
  const shares = at.map((z) => sharesAt(z * spread, 1 - LASTING / hidden));
  return { shares, weights: heights.map((height) => height / total), scores: shares.map(meanOf) };
}

export interface Level {
  /** The expected score, which the attacker is after. */
  readonly score: number;
  readonly shares: readonly number[];
}

export function drawLevel(next: () => number): Level {
  const shares = sharesAt(Math.sqrt(LASTING) * normal(next), 1 - LASTING);
  return { score: meanOf(shares), shares };
}

/** How many of `count` scores fall into each bin. */
export function drawScores(next: () => number, shares: readonly number[], count: number): number[] {
  const bins = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    let rest = next();
    let bin = 0;
    while (bin < 4 && rest >= (shares[bin] ?? 0)) rest -= shares[bin++] ?? 0;
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}
