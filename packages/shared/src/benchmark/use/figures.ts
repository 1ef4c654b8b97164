import { METRIC_BINS, type MetricKind, metricKind } from "../metric.ts";
import { type Counted, shares, weighted } from "./estimate.ts";
import { type Amount, amountOf, type Percent, percentOf } from "./percent.ts";
import { type Quantile, quantile, quantilesShown } from "./quantile.ts";

/** The two bins at the better end, and how they are called. */
export const BETTER_END: Readonly<Record<MetricKind, { readonly says: string; readonly weights: readonly number[] }>> =
  {
    score: { says: "4 or better", weights: [0, 0, 0, 1, 1] },
    findings: { says: "2 findings or fewer", weights: [1, 1, 0, 0, 0] },
    remediation: { says: "closed within 60 days", weights: [1, 1, 0, 0, 0] },
  };

/** What may be shown of one metric in one cell or sum of cells (BENCHMARKS 1.4). */
export interface Figures {
  readonly metric: string;
  readonly kind: MetricKind;
  readonly bins: readonly { readonly label: string; readonly share: Percent }[];
  readonly better: { readonly says: string; readonly share: Percent };
  /** Of scores alone: classes of findings and of days have no mean. */
  readonly mean: Amount | null;
  /** The median first of all; quartiles and deciles where enough are counted. Ascending. */
  readonly quantiles: readonly Quantile[];
}

/** Null where the noise has left nothing above zero. */
export function figuresOf(metric: string, counted: Counted): Figures | null {
  const kind = metricKind(metric);
  if (shares(counted) === null) return null;
  const share = (weights: readonly number[]): Percent => {
    const estimate = weighted(counted, weights);
    if (estimate === null) throw new Error("shares without a weighted mean");
    return percentOf(estimate);
  };
  const mean = kind === "score" ? weighted(counted, [1, 2, 3, 4, 5]) : null;
  return {
    metric,
    kind,
    bins: METRIC_BINS[kind].labels.map((label, j) => ({
      label,
      share: share([0, 1, 2, 3, 4].map((it) => (it === j ? 1 : 0))),
    })),
    better: { says: BETTER_END[kind].says, share: share(BETTER_END[kind].weights) },
    mean: mean === null ? null : amountOf(mean),
    quantiles: quantilesShown(counted).flatMap((percent) => quantile(counted, kind, percent) ?? []),
  };
}
