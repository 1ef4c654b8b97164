import { METRIC_BINS, metricKind } from "../metric.ts";
import type { Bins } from "../release-file.ts";
import { type Counted, weighted } from "./estimate.ts";
import { type Percent, percentOf } from "./percent.ts";

/** How many values fall into each bin. */
export function histogram(values: readonly number[]): Bins {
  const bins: Bins = [0, 0, 0, 0, 0];
  for (const value of values) bins[(value - 1) as 0] += 1;
  return bins;
}

/** 1 where `value` is the better one, a half where both are equal. */
function beats(value: number, bin: number, better: "high" | "low"): number {
  if (value === bin) return 0.5;
  return value > bin === (better === "high") ? 1 : 0;
}

/**
 * The mid-rank of one's own suppliers among the peers, averaged (BENCHMARKS 1.5): better than so many percent of them, those
 * equal counting half. From the published bins and one's own values alone. One value gives one supplier's place.
 */
export function placeOf(counted: Counted, metric: string, own: readonly number[]): Percent | null {
  if (own.length === 0) return null;
  const { better } = METRIC_BINS[metricKind(metric)];
  const weights = [1, 2, 3, 4, 5].map(
    (bin) => own.reduce((all, value) => all + beats(value, bin, better), 0) / own.length,
  );
  const estimate = weighted(counted, weights);
  return estimate === null ? null : percentOf(estimate);
}

/**
 * The peers without one's own: the published bins less what one's own records put there. Of more than K only K were drawn, nobody
 * outside knows which, so K are taken away in the proportions of all of them. What another company counted of shared
 * sites cannot be told apart, so this takes away a little too much rather than too little.
 */
export function peersWithoutMe(counted: Counted, own: readonly number[], K: number): Counted {
  const part = own.length > K ? K / own.length : 1;
  const mine = histogram(own);
  const bins = counted.bins.map((bin, j) => bin - part * (mine[j] as number));
  return { ...counted, bins: bins as Bins };
}
