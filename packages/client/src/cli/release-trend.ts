import { metricKind } from "@quasarix/shared/benchmark/metric.ts";
import { sumOfQuarters } from "@quasarix/shared/benchmark/use/add-up.ts";
import { BETTER_END } from "@quasarix/shared/benchmark/use/figures.ts";
import { amountText, percentText } from "@quasarix/shared/benchmark/use/percent.ts";
import { branchText, type Picture } from "@quasarix/shared/benchmark/use/picture.ts";
import { changeText, type Step, trendOf } from "@quasarix/shared/benchmark/use/trend.ts";
import { comparable } from "../benchmarks.ts";
import { type Call, type Command, type Ended, must } from "./command.ts";
import { UsageError } from "./exit.ts";
import { releasesFor } from "./release-fetched.ts";
import { branchChosen, CHOICE_OPTIONS, figureLines, metricsChosen, SOURCE_OPTIONS } from "./release-source.ts";
import { printable } from "./table.ts";

async function trend(call: Call): Promise<Ended> {
  const pictures = (await releasesFor(call)).map(({ picture }) => picture);
  const ofOneSeries = pictures.filter(({ series }) => series === pictures[0]?.series);
  const [first] = ofOneSeries;
  if (first === undefined || ofOneSeries.length < 2)
    throw new UsageError("a trend takes two cohorts of one series, or more; so far there are not as many");
  must(comparable(ofOneSeries));
  const branch = branchChosen(call, first);
  const steps = metricsChosen(call, first).map((metric) => ({ metric, steps: trendOf(ofOneSeries, metric, branch) }));
  const lines = steps.flatMap(({ metric, steps: all }) => [
    `${metric}, ${branchText(branch)}: ${BETTER_END[metricKind(metric)].says}`,
    ...all.map((step) => (step ? stepText(step) : "  not published in both")),
  ]);
  const current = currentOf(ofOneSeries, call, branch);
  return {
    value: { branch, metrics: steps, current: current.lines },
    text: `${[...lines, ...current.text].map(printable).join("\n")}\n`,
  };
}

function stepText({ from, to, before, after, share, mean, leftOut }: Step): string {
  const apart = leftOut > 0 ? ` (${leftOut} cells left out, published in one of both)` : "";
  const means = mean ? `; mean ${amountText(mean.before)} -> ${amountText(mean.after)}` : "";
  return `  ${from} -> ${to}: ${percentText(before)} -> ${percentText(after)}${means}: ${changeText(share, "points")}${apart}`;
}

/** The last four quarters as one, where they stand in a row (BENCHMARKS 1.4). */
function currentOf(pictures: readonly Picture[], call: Call, branch: string) {
  const ordered = [...pictures].sort((a, b) => (a.cohort < b.cohort ? -1 : 1));
  const four = ordered.length < 4 ? null : sumOfQuarters(ordered.slice(-4));
  if (!four?.ok) return { lines: [], text: [] };
  const lines = figureLines(four.value, [branch], metricsChosen(call, four.value));
  const text = lines.map(
    ({ metric, figures }) => `  ${metric}: ${figures.better.says} ${percentText(figures.better.share)}`,
  );
  return { lines, text: [`the current picture, ${four.value.cohort}:`, ...text] };
}

export const releaseTrend: Command = {
  words: "release trend",
  usage: "[PLAN [COHORT...] | --plan FILE... --file FILE...] [--metric METRIC] [--cell CELL]",
  says: "cohort beside cohort: an arrow only for a change beyond the band; of four quarters the sum too",
  example: "quasarix release trend --plan plan.json --file 2026-Q1.json --file 2026-Q2.json",
  options: { ...SOURCE_OPTIONS, ...CHOICE_OPTIONS },
  run: trend,
};
