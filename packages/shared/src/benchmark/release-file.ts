import * as z from "zod";
import { hashText } from "../wire/ids.ts";
import { metricId } from "./metric.ts";

const path = z.string().min(1).max(600);
const bin = z.int();

/**
 * What is published of one cohort (BENCHMARKS 1.1): compact JSON, members in this order, integers only. Cells in the order of
 * the plan's cells, then its metrics. A bin may be negative: the noise is not clipped, or sums would lean.
 */
export const releaseFile = z.strictObject({
  planHash: hashText,
  cohort: z.string(),
  cells: z.array(z.strictObject({ path, metric: metricId, bins: z.tuple([bin, bin, bin, bin, bin]) })),
  /** Under the floor: in no total either. */
  withheld: z.array(z.strictObject({ path, metric: metricId })),
});
export type ReleaseFile = z.infer<typeof releaseFile>;
export type ReleasedCell = ReleaseFile["cells"][number];
export type Bins = ReleasedCell["bins"];
