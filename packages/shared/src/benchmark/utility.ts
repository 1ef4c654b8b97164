import { thinnestOf } from "./atoms.ts";
import { cellRuleOf } from "./build-plan.ts";
import { cellOf, type Plan, type SeriesName } from "./plan.ts";
import type { Participant } from "./site-record.ts";

/** How far a figure of a cell is off as a rule (root mean square), by what the cell counts. Integers. */
export interface Margin {
  /** Of the share that scores 4 or more, in tenths of a point. */
  readonly share: number;
  /** Of mean and median, in thousandths of a score. */
  readonly mean: number;
  readonly median: number;
  /** The smallest change of the mean from one cohort to the next that is seen 4 times in 5, in thousandths. */
  readonly trend: number;
}

/** The whole number nearest to sqrt(square) / by. */
function rootOver(square: number, by: number): number {
  let root = 0;
  while ((2 * root + 1) ** 2 * by * by <= 4 * square) root++;
  return root;
}

/**
 * Fitted to the rule end to end of BENCHMARKS 1.7 (K=5, b=2; 34 to 269 counted): noise that falls with the count and a lottery
 * that falls with its root. The noise's part is less than that of noise alone, as shares are clipped.
 */
export const marginOf = (counted: number): Margin => ({
  share: rootOver(100 * (49_900 + 2_200 * counted), counted),
  mean: rootOver(32_000_000 + 1_400_000 * counted, counted),
  median: rootOver(45_000_000 + 1_600_000 * counted, counted),
  // 80 % power: 3.96 standard errors of a mean; noise 8.85 / counted, sampling 1 / sqrt(counted).
  trend: rootOver(1_229_300_000 + 15_680_000 * counted, counted),
});

/**
 * Sizes that words tell apart, each about half as large again as the one before. What they say is true of the smallest of its
 * size: margins to the point would give the count itself away, and who asks again after each batch would see who joined.
 */
const SIZES = [25, 40, 56, 80, 112, 160, 224, 320, 448, 640, 896, 1280] as const;
const sizeOf = (counted: number): number => SIZES.findLast((size) => size <= counted) ?? 1;

export interface CellUtility {
  readonly series: SeriesName;
  /** The cell's path. */
  readonly cell: string;
  /** For the operator alone: an exact count tells who joined (BENCHMARKS 1.4). */
  readonly counted: number;
  /** The operator's too. */
  readonly margin: Margin;
  /** In words, for everyone; the same for all cells of about this size. */
  readonly says: string;
}

/** What the figures of each cell would be worth, had the plan held over `quarters`: of a quarterly series the thinnest one. */
export function utilityOf(
  plan: Plan,
  participants: readonly Participant[],
  quarters: readonly string[],
): CellUtility[] {
  return plan.series.flatMap((series) => {
    const byCell = Map.groupBy(participants, ({ leaf }) => cellOf(series, leaf));
    const rule = cellRuleOf(plan, series.name, quarters);
    return series.cells.map(({ path }, i) => {
      const { counted } = thinnestOf(byCell.get(i) ?? [], rule);
      const margin = marginOf(Math.max(1, counted));
      return { series: series.name, cell: path, counted, margin, says: says(marginOf(sizeOf(counted)), series.name) };
    });
  });
}

/** `93` tenths as `9`; never less than 1. */
const points = (tenths: number): string => `${Math.max(1, rootOver(tenths * tenths, 10))}`;
/** `974` thousandths as `1.0`. */
function scores(thousandths: number): string {
  const tenths = `${rootOver(thousandths * thousandths, 100)}`.padStart(2, "0");
  return `${tenths.slice(0, -1)}.${tenths.slice(-1)}`;
}

function says({ share, mean, trend }: Margin, series: SeriesName): string {
  const margins =
    `margins of about ${points(share)} points (19 times in 20 within ${points(2 * share)}), ` +
    `of about ${scores(mean)} on a mean`;
  if (series === "founding") return margins;
  return `${margins}; trend arrows only above a change of about ${scores(trend)}`;
}
