import { buildPlan } from "@quasarix/shared/benchmark/build-plan.ts";
import type { SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import type { Participant } from "@quasarix/shared/benchmark/site-record.ts";
import { marginOf, utilityOf } from "@quasarix/shared/benchmark/utility.ts";
import { describe, expect, test } from "vitest";
import { ask, FOUR, pool } from "./participants.ts";

/** BENCHMARKS 1.7, the recommended rule end to end. */
const TABLE = [
  { counted: 34, mean: 0.26, median: 0.29, share: 10.5 },
  { counted: 40, mean: 0.23, median: 0.26, share: 9.3 },
  { counted: 52, mean: 0.2, median: 0.23, share: 8.1 },
  { counted: 70, mean: 0.17, median: 0.19, share: 6.7 },
  { counted: 104, mean: 0.13, median: 0.14, share: 5.1 },
  { counted: 144, mean: 0.11, median: 0.12, share: 4.4 },
  { counted: 269, mean: 0.07, median: 0.08, share: 3 },
];

/** How far apart, as a share of what is right. */
const apart = (is: number, right: number) => Math.abs(is - right) / right;

describe("margins are within a tenth of the simulated ones", () => {
  test.each(TABLE)("of $counted counted", ({ counted, mean, median, share }) => {
    const margin = marginOf(counted);
    expect(apart(margin.share / 10, share)).toBeLessThan(0.1);
    expect(apart(margin.mean / 1000, mean)).toBeLessThan(0.1);
    expect(apart(margin.median / 1000, median)).toBeLessThan(0.1);
  });

  test.each([
    { counted: 45, change: 0.97 },
    { counted: 80, change: 0.6 },
  ])("a change of $change is seen in a cell of $counted", ({ counted, change }) => {
    expect(apart(marginOf(counted).trend / 1000, change)).toBeLessThan(0.1);
  });

  test("they are whole numbers that fall as more is counted", () => {
    for (let counted = 25; counted < 2_000; counted++) {
      const [one, next] = [marginOf(counted), marginOf(counted + 1)];
      for (const name of ["share", "mean", "median", "trend"] as const) {
        expect(Number.isInteger(one[name])).toBe(true);
        expect(next[name]).toBeLessThanOrEqual(one[name]);
      }
    }
  });
});

const said = (names: SeriesName[], participants: readonly Participant[]) => {
  const plan = buildPlan(ask(names, { participants }));
  if (!plan.ok) throw new Error(plan.failure.reason);
  return utilityOf(plan.value, participants, FOUR);
};

describe("what a plan is worth is said in words", () => {
  test("each cell of each series; of a quarterly one the thinnest quarter", () => {
    const sites = [...pool(8, 5), ...pool(8, 4, {}, ["2025-Q1"]), ...pool(10, 12, { industry: "food" }, ["2025-Q2"])];
    expect(said(["quarter", "year"], sites).map(({ series, cell, counted }) => [series, cell, counted])).toEqual([
      ["quarter", "all", 40],
      ["year", "industry=food", 50],
      ["year", "industry=textiles", 40],
    ]);
  });

  test("margins, and from which change on an arrow is drawn", () => {
    expect(said(["year"], pool(8, 5))[0]?.says).toBe(
      "margins of about 9 points (19 times in 20 within 19), of about 0.2 on a mean; trend arrows only above a change of about 1.1",
    );
    expect(said(["year"], pool(80, 5))[0]?.says).toContain("margins of about 3 points (19 times in 20 within 5)");
  });

  test("a founding release stands alone: no arrow", () => {
    expect(said(["founding"], pool(8, 5))[0]?.says).not.toContain("arrow");
  });

  test("nobody hears from it who joined: from 40 to 400 counted, seven sentences", () => {
    const heard = (sites: number) => said(["year"], pool(sites, 1))[0]?.says;
    const all = Array.from({ length: 361 }, (_, i) => heard(40 + i));
    expect(new Set(all).size).toBe(7);
    expect(heard(55)).toBe(heard(40));
    expect(heard(56)).not.toBe(heard(40));
  });

  test("no count is in what everyone reads", () => {
    for (const { says, counted } of said(["year"], pool(9, 13))) expect(says).not.toContain(`${counted}`);
  });
});
