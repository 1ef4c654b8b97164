import { metricKind } from "../metric.ts";
import { type Counted, type Estimate, sum, weighted } from "./estimate.ts";
import { BETTER_END } from "./figures.ts";
import { type Amount, amountOf, type Percent, percentOf, points } from "./percent.ts";
import { ALL, type Picture, partKey, sumOf } from "./picture.ts";

/** A change, and how far apart two files may lie by chance alone, 19 times in 20. */
export interface Change {
  readonly by: number;
  readonly band: number;
  /** Drawn only where the printed change exceeds the printed band (BENCHMARKS 1.7). */
  readonly arrow: "better" | "worse" | null;
}

/** One cohort beside the next. */
export interface Step {
  readonly from: string;
  readonly to: string;
  /** Share at the better end, in points. */
  readonly before: Percent;
  readonly after: Percent;
  readonly share: Change;
  readonly mean: { readonly before: Amount; readonly after: Amount; readonly change: Change } | null;
  /** Cells that only one of both publishes: in neither sum, so that like is compared with like. */
  readonly leftOut: number;
}

/** `unit`: what one printed step is worth, 0.01 for points and 0.1 for scores. */
function changeOf(before: Estimate, after: Estimate, unit: number): Change {
  const steps = Math.round((after.value - before.value) / unit);
  const band = unit === 0.01 ? points(Math.hypot(before.margin, after.margin)) : bandInTenths(before, after);
  const arrow = Math.abs(steps) > band ? (steps > 0 ? "better" : "worse") : null;
  return unit === 0.01 ? { by: steps, band, arrow } : { by: steps / 10, band: band / 10, arrow };
}

const bandInTenths = (before: Estimate, after: Estimate): number =>
  Math.max(1, Math.ceil(10 * Math.hypot(before.margin, after.margin) - 1e-9));

/** Null where no cell of the branch stands in both. Both have to speak of the same cells: `shapeRefusal` tells. */
export function stepOf(from: Picture, to: Picture, branch: string, metric: string): Step | null {
  const cells = (picture: Picture): readonly string[] => sumOf(picture, branch, metric)?.cells ?? [];
  const later = new Set(cells(to));
  const both = cells(from).filter((path) => later.has(path));
  if (both.length === 0) return null;
  const counted = [from, to].map(({ published }) =>
    sum(both.map((path) => published.get(partKey(path, metric)) as Counted)),
  ) as [Counted, Counted];
  const kind = metricKind(metric);
  const shares = pairOf(counted, BETTER_END[kind].weights);
  if (shares === null) return null;
  return {
    from: from.cohort,
    to: to.cohort,
    before: percentOf(shares.before),
    after: percentOf(shares.after),
    share: changeOf(shares.before, shares.after, 0.01),
    mean: kind === "score" ? meansOf(counted) : null,
    leftOut: cells(from).length + later.size - 2 * both.length,
  };
}

type Pair = { readonly before: Estimate; readonly after: Estimate };

function pairOf([earlier, later]: readonly [Counted, Counted], weights: readonly number[]): Pair | null {
  const [before, after] = [weighted(earlier, weights), weighted(later, weights)];
  return before && after && { before, after };
}

function meansOf(counted: readonly [Counted, Counted]): Step["mean"] {
  const means = pairOf(counted, [1, 2, 3, 4, 5]);
  if (means === null) return null;
  const { before, after } = means;
  return { before: amountOf(before), after: amountOf(after), change: changeOf(before, after, 0.1) };
}

/** Cohort beside cohort, ascending. All peers unless a branch is named. */
export function trendOf(pictures: readonly Picture[], metric: string, branch: string = ALL): readonly (Step | null)[] {
  const ordered = [...pictures].sort((a, b) => (a.cohort < b.cohort ? -1 : 1));
  return ordered.slice(1).map((to, i) => stepOf(ordered[i] as Picture, to, branch, metric));
}

/** `up 14 points, better (band 11)`, `no change beyond the band of 11 points`. */
export function changeText({ by, band, arrow }: Change, unit: "points" | "score"): string {
  const amount = (value: number): string => (unit === "points" ? `${value} points` : value.toFixed(1));
  if (arrow === null) return `no change beyond the band of ${amount(band)}`;
  return `${by > 0 ? "up" : "down"} ${amount(Math.abs(by))}, ${arrow} (band ${amount(band)})`;
}
