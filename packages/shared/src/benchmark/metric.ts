import * as z from "zod";

/** Everything published is a histogram of five bins (BENCHMARKS 1.1). */
export const BINS = 5;
/** 1 to 5, the number of a bin. */
export type BinNumber = 1 | 2 | 3 | 4 | 5;

export type MetricKind = "score" | "findings" | "remediation";

/** How the bins of a kind read, in their order, and which end is the better one. */
export const METRIC_BINS: Readonly<
  Record<
    MetricKind,
    { readonly labels: readonly [string, string, string, string, string]; readonly better: "high" | "low" }
  >
> = {
  score: { labels: ["1", "2", "3", "4", "5"], better: "high" },
  findings: { labels: ["0", "1-2", "3-5", "6-10", "more than 10"], better: "low" },
  remediation: {
    labels: ["30 days or less", "31-60 days", "61-90 days", "91-180 days", "more than 180, or open"],
    better: "low",
  },
};

/** `score/<framework>@<version>/<benchmark>`, `findings/<severity word>`, `remediation/days`. */
export const metricId = z
  .string()
  .regex(/^(score\/[a-z0-9-]{1,40}@[1-9][0-9]{0,3}\/[a-z0-9-]{1,60}|findings\/[a-z-]{1,40}|remediation\/days)$/, {
    error: "must be a metric: `score/<framework>@<version>/<benchmark>`, `findings/<severity>` or `remediation/days`",
  });

export const metricKind = (metric: string): MetricKind => metric.slice(0, metric.indexOf("/")) as MetricKind;
