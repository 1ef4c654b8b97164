import type { Bins } from "@quasarix/shared/benchmark/release-file.ts";
import { noiseVariance } from "@quasarix/shared/benchmark/use/estimate.ts";
import { figuresOf } from "@quasarix/shared/benchmark/use/figures.ts";
import { quantileText } from "@quasarix/shared/benchmark/use/quantile.ts";
import { figureRows, figuresCsv } from "@quasarix/shared/benchmark/use/rows.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CRITICAL, DAYS, WATER } from "./files.ts";

const noise = noiseVariance([2, 1]);
const of = (bins: Bins, metric = WATER) => figuresOf(metric, { bins, noise });

describe("the figures of one cell", () => {
  test("a negative bin counts as none on the screen, and the others share what is left", () => {
    const figures = of([-4, 0, 20, 20, 10]);
    expect(figures?.bins.map(({ share }) => [share.bound, share.percent])).toEqual([
      ["<", 3],
      ["<", 3],
      [null, 40],
      [null, 40],
      [null, 20],
    ]);
  });

  test("forty records that all score 2 are never shown as all of them", () => {
    const figures = of([0, 40, 0, 0, 0]);
    expect(figures?.bins[1]?.share).toMatchObject({ bound: ">", percent: 97 });
    expect(figures?.better.share).toMatchObject({ bound: "<", percent: 3 });
  });

  test("the mean and the interpolated median are those of the bins", () => {
    const figures = of([10, 20, 30, 30, 10]);
    expect(figures?.mean?.value).toBe(3.1);
    // 30 of 100 lie below 2.5, and 20 more are two thirds of the third bin.
    expect(figures?.quantiles.find(({ percent }) => percent === 50)?.score?.value).toBe(3.2);
  });

  test("findings and days have no mean, and their median is a class", () => {
    const findings = of([30, 10, 5, 3, 2], CRITICAL);
    expect(findings?.mean).toBeNull();
    expect(findings?.better).toMatchObject({ says: "2 findings or fewer", share: { percent: 80 } });
    const days = of([5, 40, 5, 5, 5], DAYS);
    expect(days?.better.says).toBe("closed within 60 days");
    expect(days?.quantiles.map(quantileText)[1]).toContain("31-60 days");
  });

  test("what the noise has left nothing of has no figures", () => expect(of([-1, -2, 0, 0, 0])).toBeNull());
});

describe("quantiles", () => {
  test.each([
    { total: 39, shown: [50] },
    { total: 40, shown: [25, 50, 75] },
    { total: 79, shown: [25, 50, 75] },
    { total: 80, shown: [10, 25, 50, 75, 90] },
  ])("of about $total counted, $shown are shown", ({ total, shown }) => {
    expect(of([10, 10, total - 30, 5, 5])?.quantiles.map(({ percent }) => percent)).toEqual(shown);
  });
});

test("whatever the bins, nothing for people or machines says 0 %, 100 %, a least, a greatest or a number counted", () => {
  const bin = fc.integer({ min: -20, max: 400 });
  fc.assert(
    fc.property(fc.tuple(bin, bin, bin, bin, bin), fc.constantFrom(WATER, CRITICAL, DAYS), (bins, metric) => {
      const figures = of(bins, metric);
      if (figures === null) return;
      const line = { cohort: "2026-Q1", branch: "all", metric, figures, says: ["8 or more companies"] };
      const shown = [JSON.stringify(figures), figuresCsv([line]), JSON.stringify(figureRows(figures))].join("\n");
      expect(shown).not.toMatch(/(?<![0-9.])(0|100) %|"percent":(0|100)[,}]|minimum|maximum|"counted"|"total"/);
      const quantiles = figures.quantiles.flatMap(({ score }) => score?.value ?? []);
      expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b));
      for (const value of quantiles) expect(value >= 1 && value <= 5).toBe(true);
    }),
    { seed: 5, numRuns: process.env["LONG"] === "1" ? 5_000 : 500 },
  );
});

test("the CSV has a row a figure, and each says whose figure it is", () => {
  const figures = of([10, 20, 30, 30, 10]);
  if (!figures) throw new Error("no figures");
  const says = ["8 or more companies", "imported by members, not a sample"];
  const csv = figuresCsv([{ cohort: "2026-Q1", branch: "all", metric: WATER, figures, says }]).split("\r\n");
  expect(csv).toHaveLength(1 + 5 + 1 + 1 + 5 + 1);
  for (const row of csv.slice(1, -1)) expect(row).toContain("8 or more companies; imported by members, not a sample");
});
