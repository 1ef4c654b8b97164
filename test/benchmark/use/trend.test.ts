import type { Bins } from "@quasarix/shared/benchmark/release-file.ts";
import { changeText, stepOf, trendOf } from "@quasarix/shared/benchmark/use/trend.ts";
import { describe, expect, test } from "vitest";
import { noiseFor, sampleFrom } from "./dice.ts";
import { CRITICAL, GERMANY, INDIA, OTHER, pictureFrom, WATER } from "./files.ts";

const one = (cohort: string, bins: Bins, metric = WATER) =>
  pictureFrom(cohort, [[OTHER, bins, metric]], { metrics: [metric] });
const step = (before: Bins, after: Bins, metric = WATER) =>
  stepOf(one("2026-Q1", before, metric), one("2026-Q2", after, metric), OTHER, metric);

describe("an arrow", () => {
  test("is drawn for a change that exceeds the printed band", () => {
    const found = step([10, 20, 10, 5, 5], [2, 3, 5, 20, 20]);
    expect(found?.share).toMatchObject({ by: 60, arrow: "better" });
    expect(found?.mean?.change).toMatchObject({ by: 1.6, arrow: "better" });
    expect(changeText(found?.share as NonNullable<typeof found>["share"], "points")).toBe(
      "up 60 points, better (band 26 points)",
    );
  });

  test("is not drawn for one inside it", () => {
    const found = step([10, 20, 10, 5, 5], [8, 16, 12, 7, 7]);
    expect(found?.share.arrow).toBeNull();
    expect(found?.share.by).not.toBe(0);
    expect(changeText(found?.share as NonNullable<typeof found>["share"], "points")).toMatch(
      /^no change beyond the band of [0-9]+ points$/,
    );
  });

  test("is not drawn for a change that equals the band once both are printed", () => {
    const flips = Array.from({ length: 40 }, (_, i) => step([20, 20, 20, 20, 0], [20, 20, 20 - i / 2, 20 + i / 2, 0]));
    for (const found of flips)
      expect(found?.share.arrow !== null).toBe(Math.abs(found?.share.by ?? 0) > (found?.share.band ?? 0));
  });

  test("of findings says better when there are fewer", () => {
    expect(step([1, 2, 2, 20, 30], [30, 20, 2, 2, 1], CRITICAL)?.share.arrow).toBe("better");
    expect(step([1, 2, 2, 20, 30], [30, 20, 2, 2, 1], CRITICAL)?.mean).toBeNull();
  });
});

test("where nothing changed, an arrow appears at most once in 20 times", () => {
  const noise = noiseFor("trend", [2, 1]);
  const trials = 1_000;
  const drawn = (seed: string): Bins => sampleFrom(seed, 45, 400).drawn.map((bin) => bin + noise()) as Bins;
  let arrows = 0;
  for (let trial = 0; trial < trials; trial++)
    if (step(drawn(`before ${trial}`), drawn(`after ${trial}`))?.share.arrow) arrows++;
  expect(arrows / trials).toBeLessThan(0.07);
});

describe("cohort beside cohort", () => {
  test("compares the cells that both publish, and says how many were left out", () => {
    const before = pictureFrom("2026-Q1", [
      [GERMANY, [1, 1, 40, 1, 1]],
      [INDIA, [9, 9, 9, 9, 9]],
    ]);
    const after = pictureFrom("2026-Q2", [
      [GERMANY, [1, 1, 1, 40, 1]],
      [OTHER, [9, 9, 9, 9, 9]],
    ]);
    expect(stepOf(before, after, "all", WATER)).toMatchObject({
      from: "2026-Q1",
      to: "2026-Q2",
      before: { percent: 5 },
      after: { percent: 93 },
      leftOut: 2,
    });
    expect(stepOf(before, after, INDIA, WATER)).toBeNull();
  });

  test("goes by time, in whatever order the files are given", () => {
    const bins: Bins = [5, 5, 20, 5, 5];
    const steps = trendOf([one("2026-Q3", bins), one("2026-Q1", bins), one("2026-Q2", bins)], WATER);
    expect(steps.map((it) => [it?.from, it?.to])).toEqual([
      ["2026-Q1", "2026-Q2"],
      ["2026-Q2", "2026-Q3"],
    ]);
  });
});
