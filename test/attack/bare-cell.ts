import { cohortOf, type Released } from "./harness.ts";
import { planOf } from "./planning.ts";
import { POOLS, worldOf } from "./world.ts";

const MEMBERS = 8;
const EACH = 5;

/** A plan's first cell and metric alone: what is tried thousands of times is to be small. */
export function bareCohort(metrics = 1): Released {
  const of = cohortOf(planOf(worldOf(POOLS.twelve, "bare", metrics), ["quarter"]), "quarter");
  const { cells, ...series } = of.series;
  return { ...of, series: { ...series, cells: cells.slice(0, 1), metrics: series.metrics.slice(0, metrics) } };
}

/** Eight members with five suppliers each, who have these scores in turn. */
export const fortyRecords = (scores: readonly number[], metrics = 1) =>
  Array.from({ length: MEMBERS * EACH }, (_, i) => ({
    site: `site_${String(i).padStart(3, "0")}`,
    cell: 0,
    sponsor: `org_${i % MEMBERS}`,
    values: new Uint8Array(metrics).fill(scores[i % scores.length] ?? 1),
  }));
