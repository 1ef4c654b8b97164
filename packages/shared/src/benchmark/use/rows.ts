import { csvRow } from "../../csv.ts";
import type { Figures } from "./figures.ts";
import { amountText, type Percent, percentText } from "./percent.ts";
import { quantileText } from "./quantile.ts";

/** The table beside each chart, the same on the terminal, in the drawing and on a page. */
export function figureRows(figures: Figures): readonly (readonly [string, string])[] {
  const rows: [string, string][] = figures.bins.map(({ label, share }) => [label, percentText(share)]);
  rows.push([figures.better.says, percentText(figures.better.share)]);
  if (figures.mean) rows.push(["mean", amountText(figures.mean)]);
  const names: Readonly<Record<number, string>> = { 25: "lower quartile", 50: "median", 75: "upper quartile" };
  for (const one of figures.quantiles)
    rows.push([names[one.percent] ?? `${one.percent} % lie below`, quantileText(one)]);
  return rows;
}

/** One figure of one cell, for machines. */
export interface FigureLine {
  readonly cohort: string;
  readonly branch: string;
  readonly metric: string;
  readonly figures: Figures;
  readonly says: readonly string[];
}

const HEADER = ["cohort", "cell", "metric", "figure", "bound", "value", "margin", "noise", "draw", "unit", "says"];

/** A row a figure. `bound`: `<` or `>` where no more is said; `noise` and `draw`: what the margin is made of. */
export function figuresCsv(lines: readonly FigureLine[]): string {
  return [HEADER, ...lines.flatMap(rowsOf)].map(csvRow).join("");
}

function rowsOf({ cohort, branch, metric, figures, says }: FigureLine): string[][] {
  const row = (figure: string, cells: readonly (string | number)[]): string[] => [
    ...[cohort, branch, metric, figure],
    ...cells.map(String),
    says.join("; "),
  ];
  const share = (figure: string, { bound, percent, margin, noise, draw }: Percent): string[] =>
    row(figure, [bound ?? "", percent, margin, noise, draw, "%"]);
  return [
    ...figures.bins.map((one) => share(one.label, one.share)),
    share(figures.better.says, figures.better.share),
    ...(figures.mean ? [row("mean", ["", figures.mean.value, figures.mean.margin, "", "", "score"])] : []),
    ...figures.quantiles.map((one) =>
      one.score
        ? row(`p${one.percent}`, ["", one.score.value, one.score.margin, "", "", "score"])
        : row(`p${one.percent}`, ["", one.falls?.in ?? "", "", "", "", "class"]),
    ),
  ];
}
