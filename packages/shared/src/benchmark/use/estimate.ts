import type { Bins } from "../release-file.ts";

/** Bins as published, or sums of them: nothing clipped, nothing rounded. */
export interface Counted {
  readonly bins: Bins;
  /** Variance of the noise in one bin: that of each published cell, summed. */
  readonly noise: number;
}

/** Half-widths that hold 19 times in 20, on the scale of the value. */
export interface Estimate {
  readonly value: number;
  readonly margin: number;
  /** What the added noise does, whatever else. */
  readonly noise: number;
  /** At most, where companies had more suppliers than are counted for one: as if those counted were a random sample. */
  readonly draw: number;
}

/** Two-sided, of a normal distribution. */
const IN_20 = 1.96;

/** Of the discrete Laplace distribution with scale b, given as a fraction: 7.84 for b = 2. */
export function noiseVariance([numerator, denominator]: readonly [number, number]): number {
  const t = Math.exp(-denominator / numerator);
  return (2 * t) / (1 - t) ** 2;
}

export function sum(parts: readonly Counted[]): Counted {
  const bins = [0, 1, 2, 3, 4].map((j) => parts.reduce((all, part) => all + (part.bins[j] as number), 0));
  return { bins: bins as Bins, noise: parts.reduce((all, part) => all + part.noise, 0) };
}

export const rawTotal = ({ bins }: Counted): number => bins.reduce((all, bin) => all + bin, 0);

/** The share of each bin, negative ones clipped: for the screen, never for a sum. Null where nothing is left. */
export function shares({ bins }: Counted): readonly number[] | null {
  const clipped = bins.map((bin) => Math.max(0, bin));
  const all = clipped.reduce((sum, bin) => sum + bin, 0);
  return all > 0 ? clipped.map((bin) => bin / all) : null;
}

/**
 * The mean of what each record weighs by its bin: (0, 0, 0, 1, 1) gives the share of 4 and more, (1, 2, 3, 4, 5) the mean score.
 * Margins by the delta method: a record of noise in bin j moves the mean by (weight - mean) / total.
 */
export function weighted(counted: Counted, weights: readonly number[]): Estimate | null {
  const share = shares(counted);
  if (share === null) return null;
  const value = share.reduce((all, part, j) => all + part * (weights[j] as number), 0);
  const away = weights.map((weight) => (weight - value) ** 2);
  const total = Math.max(1, rawTotal(counted));
  const noise = IN_20 * (Math.sqrt(counted.noise * away.reduce((all, one) => all + one, 0)) / total);
  const spread = share.reduce((all, part, j) => all + part * (away[j] as number), 0);
  const draw = IN_20 * Math.sqrt(spread / total);
  return { value, noise, draw, margin: Math.hypot(noise, draw) };
}
