import { countedCells } from "@quasarix/shared/benchmark/build-release.ts";
import { lotOf } from "@quasarix/shared/benchmark/draw.ts";
import { inputDigest, isPublished } from "@quasarix/shared/benchmark/histogram.ts";
import { metricKind } from "@quasarix/shared/benchmark/metric.ts";
import { noiseOf, withNoise } from "@quasarix/shared/benchmark/noise.ts";
import type { Plan, Series } from "@quasarix/shared/benchmark/plan.ts";
import { RecordTable } from "@quasarix/shared/benchmark/record-table.ts";
import type { Bins } from "@quasarix/shared/benchmark/release-file.ts";
import type { SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";
import { weighted } from "@quasarix/shared/benchmark/use/estimate.ts";
import { BETTER_END } from "@quasarix/shared/benchmark/use/figures.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";

/** How far what is published of one metric of one cell lies from all that is known of it. */
export interface Measured {
  readonly metric: string;
  readonly path: string;
  /** Records: all of them, and those that count. */
  readonly known: number;
  readonly counted: number;
  /** One a trial. Of the mean of the classes 1 to 5, and of the share at the better end in points; empty: withheld. */
  readonly mean: readonly number[];
  readonly share: readonly number[];
}

const CLASSES = [1, 2, 3, 4, 5];

function figuresOf(metric: string, bins: Bins): { readonly mean: number; readonly share: number } {
  const counted = { bins, noise: 0 };
  const mean = weighted(counted, CLASSES);
  const share = weighted(counted, BETTER_END[metricKind(metric)].weights);
  // Noise that leaves nothing above zero is not seen at 25 counted and more.
  if (!mean || !share) throw new Error(`${metric}: nothing is left of ${bins.join(" ")}`);
  return { mean: mean.value, share: 100 * share.value };
}

/** One cohort, released `trials` times over with another secret each: another draw, another noise. */
export function measure(plan: Plan, series: Series, records: readonly SiteRecord[], trials: number): Measured[] {
  const table = new RecordTable({ cells: series.cells.length, metrics: series.metrics.length });
  for (const record of records) table.add(record);
  const order = table.bySite();
  const exact = [...countedCells(table, order, Number.POSITIVE_INFINITY, lotOf(new Uint8Array(32)))];
  const measured = exact.map(({ cell, metric, counted }) => ({
    metric: series.metrics[metric] as string,
    path: (series.cells[cell] as Series["cells"][number]).path,
    known: counted,
    counted: 0,
    mean: [] as number[],
    share: [] as number[],
  }));
  for (let trial = 0; trial < trials; trial++) {
    const secret = sha256(utf8(`trial ${trial}`));
    for (const [i, one] of [...countedCells(table, order, plan.K, lotOf(secret))].entries()) {
      const row = measured[i] as (typeof measured)[number];
      row.counted = one.counted;
      if (!isPublished(one, plan.floor)) continue;
      const digest = inputDigest(table, one.drawn, one.metric);
      const noise = noiseOf({ secret, releaseId: "trial", path: row.path, metric: row.metric, digest }, plan.b);
      const shown = figuresOf(row.metric, withNoise(one.bins, noise));
      const known = figuresOf(row.metric, (exact[i] as (typeof exact)[number]).bins);
      row.mean.push(shown.mean - known.mean);
      row.share.push(shown.share - known.share);
    }
  }
  return measured;
}

export const rmse = (errors: readonly number[]): number =>
  Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);

/** 19 of 20 errors are no greater. */
export const within19of20 = (errors: readonly number[]): number =>
  errors.map(Math.abs).sort((a, b) => a - b)[Math.ceil(0.95 * errors.length) - 1] as number;
