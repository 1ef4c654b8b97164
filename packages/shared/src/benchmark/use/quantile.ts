import { BINS, METRIC_BINS, type MetricKind } from "../metric.ts";
import { type Counted, rawTotal, shares, weighted } from "./estimate.ts";
import { type Amount, amountOf, amountText } from "./percent.ts";

/** BENCHMARKS 1.4: quartiles from 40 counted, deciles from 80, and nothing beyond: no least, no greatest. */
const LEAST_COUNTED = { quartiles: 40, deciles: 80 } as const;

/** A quantile of scores is a number between them; of findings and days it is the class in which it falls. */
export interface Quantile {
  readonly percent: number;
  readonly score: Amount | null;
  /** The class, and those that its margin reaches to; null for scores. */
  readonly falls: { readonly in: string; readonly from: string; readonly to: string } | null;
}

/**
 * Which quantiles a figure can carry. The number counted is never published, so its noisy total stands in for it: the plan
 * had at least W to expect, and the total of a cell lies within 13 of what was counted 19 times in 20 (b = 2).
 */
export function quantilesShown(counted: Counted): readonly number[] {
  const about = rawTotal(counted);
  if (about >= LEAST_COUNTED.deciles) return [10, 25, 50, 75, 90];
  return about >= LEAST_COUNTED.quartiles ? [25, 50, 75] : [50];
}

/** Where the running share reaches `part`: bin j covers j - 0.5 to j + 0.5, evenly. */
function reached(share: readonly number[], part: number): number {
  let below = 0;
  for (let j = 0; j < BINS; j++) {
    const here = share[j] as number;
    if (here > 0 && below + here >= part - 1e-12) return j + 0.5 + Math.max(0, part - below) / here;
    below += here;
  }
  return share.findLastIndex((here) => here > 0) + 1.5;
}

/** How much of each bin lies below `at`. */
const below = (at: number): readonly number[] =>
  [1, 2, 3, 4, 5].map((bin) => Math.min(1, Math.max(0, at - (bin - 0.5))));

/** By Woodruff: the margin of the share below it, carried over to the scale. */
export function quantile(counted: Counted, kind: MetricKind, percent: number): Quantile | null {
  const share = shares(counted);
  if (share === null) return null;
  const part = percent / 100;
  const at = reached(share, part);
  const margin = weighted(counted, below(at))?.margin ?? 1;
  const low = reached(share, Math.max(0, part - margin));
  const high = reached(share, Math.min(1, part + margin));
  if (kind === "score") {
    const value = Math.min(BINS, Math.max(1, at));
    return { percent, score: amountOf({ value, margin: Math.max(at - low, high - at) }), falls: null };
  }
  const label = (where: number): string =>
    METRIC_BINS[kind].labels[Math.min(BINS, Math.max(1, Math.ceil(where - 0.5))) - 1] as string;
  return { percent, score: null, falls: { in: label(at), from: label(low), to: label(high) } };
}

/** `3.4 +- 0.5`, `31-60 days (from 30 days or less to 61-90 days)`. */
export function quantileText({ score, falls }: Quantile): string {
  if (score !== null) return amountText(score);
  if (falls === null) throw new Error("a quantile is a score or falls into a class");
  const { in: at, from, to } = falls;
  return from === to ? at : `${at} (from ${from} to ${to})`;
}
