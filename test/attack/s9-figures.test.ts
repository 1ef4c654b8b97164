import type { Plan } from "@quasarix/shared/benchmark/plan.ts";
import { chartOf } from "@quasarix/shared/benchmark/use/chart.ts";
import { chartSvg } from "@quasarix/shared/benchmark/use/chart-svg.ts";
import { chartText } from "@quasarix/shared/benchmark/use/chart-text.ts";
import { figuresOf } from "@quasarix/shared/benchmark/use/figures.ts";
import { branchesOf, pictureOf, sumOf } from "@quasarix/shared/benchmark/use/picture.ts";
import { figureRows, figuresCsv } from "@quasarix/shared/benchmark/use/rows.ts";
import { describe, expect, test } from "vitest";
import { CASES } from "./cases.ts";
import { cohortsIn, type Released, recordsOf, release } from "./harness.ts";
import { planOf } from "./planning.ts";

/** Never 0 or 100 in a share, as text or as a number of a CSV's column; nothing of the ends or of who stands behind. */
const BANNED = /(?<![\d.<>] ?|< |> )\b(0|100) %|\b(min|max|smallest|largest|rank|contributors?|sponsors?)\b/i;

/** All that is made of one release for people and machines, where every score is this one. */
function shown(of: Released, score: number): string[] {
  const records = recordsOf(of).map((record) => ({ ...record, values: record.values.map((value) => value && score) }));
  const picture = pictureOf(of.planned.plan, of.planned.hash, release(of, records).file);
  if (!picture.ok) throw new Error(picture.failure.reason);
  const lines = branchesOf(picture.value).flatMap((branch) =>
    of.series.metrics.flatMap((metric) => {
      const sum = sumOf(picture.value, branch, metric);
      const figures = sum && figuresOf(metric, sum.counted);
      return figures ? [{ cohort: of.cohort.id, branch, metric, figures, says: picture.value.says }] : [];
    }),
  );
  const K: Plan["K"] = of.planned.plan.K;
  return lines.flatMap((line) => [
    ...figureRows(line.figures).map((row) => row.join(" ")),
    chartText(chartOf(line, K), 100),
    chartSvg(chartOf(line, K)),
    figuresCsv([line]),
  ]);
}

describe.each(CASES)("S9 silence of what is shown, $name", ({ world, series }) => {
  const cohorts = cohortsIn(planOf(world, series));

  test.each([1, 3, 5])(
    "where every score is %i no share is 0 % or 100 %, and no end or contributor is named",
    (score) => {
      for (const of of cohorts)
        for (const text of shown(of, score))
          expect({ text, found: BANNED.exec(text)?.[0] ?? null }).toEqual({ text, found: null });
    },
  );

  test.each([1, 3, 5])(
    "where every score is %i each share of the CSV lies from 3 to 97, or says that it is a bound",
    (score) => {
      for (const of of cohorts) {
        const csvs = shown(of, score).filter((text) => text.startsWith("cohort,"));
        const shares = csvs.flatMap((csv) => csv.split(/\r?\n/).filter((row) => row.includes(",%,")));
        expect(shares.length).toBeGreaterThan(0);
        for (const row of shares) {
          const { bound, percent } = /,(?<bound>[<>]?),(?<percent>\d+),\d+,/.exec(row)?.groups ?? {};
          expect({ row, isSaid: bound !== "" || Math.abs(Number(percent) - 50) < 48 }).toEqual({ row, isSaid: true });
        }
      }
    },
  );
});
