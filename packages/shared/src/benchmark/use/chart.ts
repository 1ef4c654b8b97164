import type { Figures } from "./figures.ts";
import { type Percent, percentText } from "./percent.ts";
import { branchText } from "./picture.ts";
import { type FigureLine, figureRows } from "./rows.ts";

/** A bar with its margin; percent of the width. */
export interface Bar {
  readonly label: string;
  readonly share: Percent;
  readonly low: number;
  readonly high: number;
}

/** What is drawn, whether with characters or as SVG: the bars, and the table that says the same in words. */
export interface Chart {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly rows: readonly (readonly [string, string])[];
  /** Under every chart: whose figures these are, and what the margin means. */
  readonly notes: readonly string[];
}

export const MARGIN_SAYS = "+- is the margin: 19 times in 20 the exact figure lies within it.";

/** What the margin is made of: the draw happens only where a company had more than K, which nobody outside is told. */
export const drawSays = (K: number): string =>
  `It holds the noise and, where a company had more than ${K} suppliers, the draw of ${K} of them.`;

const barsOf = ({ bins }: Figures): Bar[] =>
  bins.map(({ label, share }) => ({
    label,
    share,
    low: Math.max(0, share.percent - share.margin),
    high: Math.min(100, share.percent + share.margin),
  }));

export function chartOf({ cohort, branch, metric, figures, says }: FigureLine, K: number): Chart {
  return {
    title: `${metric}, ${branchText(branch)}, ${cohort}`,
    bars: barsOf(figures),
    rows: figureRows(figures),
    notes: [`${says.join("; ")}.`, `${MARGIN_SAYS} ${drawSays(K)}`],
  };
}

/** In one sentence, for who cannot see the drawing. */
export const chartSays = ({ bars }: Chart): string =>
  `${bars.map(({ label, share }) => `${label}: ${percentText(share)}`).join("; ")}.`;
