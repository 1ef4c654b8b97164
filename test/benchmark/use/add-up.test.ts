import { combine, sumOfQuarters } from "@quasarix/shared/benchmark/use/add-up.ts";
import { weighted } from "@quasarix/shared/benchmark/use/estimate.ts";
import { branchesOf, type Picture, partKey, pictureOf, sumOf } from "@quasarix/shared/benchmark/use/picture.ts";
import { describe, expect, test } from "vitest";
import {
  CELLS,
  CRITICAL,
  fileOf,
  GERMANY,
  HASH,
  INDIA,
  OTHER,
  type PlanLike,
  pictureFrom,
  planOf,
  REST,
  WATER,
} from "./files.ts";

const TWO: PlanLike = { consortium: "log.example/two" };
const textiles = "industry=textiles";
const rows = [
  [GERMANY, [1, 2, 30, 4, 5]],
  [INDIA, [10, 20, 10, 0, -2]],
  [OTHER, [5, 5, 20, 5, 5]],
] as const;
const first = (cohort = "2026-Q1", like: PlanLike = {}) =>
  pictureFrom(
    cohort,
    rows.map(([path, bins]) => [path, [...bins]]),
    like,
    [REST],
  );

describe("a file is read beside its plan", () => {
  test.each([
    {
      says: "a file of another plan is not shown",
      file: { ...fileOf("2026-Q1", []), planHash: "B".repeat(43) },
      reason: "another-plan",
    },
    { says: "nor one of a cohort that its plan does not have", file: fileOf("2027-Q1", []), reason: "no-such-cohort" },
    {
      says: "nor one with a cell of its own",
      file: fileOf("2026-Q1", [["industry=steel", [1, 1, 1, 1, 1]]]),
      reason: "not-in-plan",
    },
    {
      says: "nor one with a metric of its own",
      file: fileOf("2026-Q1", [[OTHER, [1, 1, 1, 1, 1], CRITICAL]]),
      reason: "not-in-plan",
    },
  ])("$says", ({ file, reason }) => {
    expect(pictureOf(planOf(), HASH, file)).toMatchObject({ ok: false, failure: { reason } });
  });
});

describe("totals", () => {
  test("every branch on the way to a cell can be asked for, and all peers", () => {
    expect(branchesOf({ cells: CELLS })).toEqual(["all", textiles, GERMANY, INDIA, REST, OTHER]);
  });

  test("an industry is the sum of its published cells; the withheld one is in no total, and is named", () => {
    expect(sumOf(first(), textiles, WATER)).toMatchObject({
      counted: { bins: [11, 22, 40, 4, 3] },
      cells: [GERMANY, INDIA],
      withheld: 1,
    });
    expect(sumOf(first(), "all", WATER)).toMatchObject({ counted: { bins: [16, 27, 60, 9, 8] }, withheld: 1 });
  });

  test("a negative bin is clipped after the sum, never before", () => {
    expect(sumOf(first(), textiles, WATER)?.counted.bins[4]).toBe(5 - 2);
  });

  test("a branch of which nothing is published has no figure", () => {
    expect(sumOf(first(), REST, WATER)).toBeNull();
    expect(sumOf(first(), "industry=tex", WATER)).toBeNull();
  });
});

describe("two consortia", () => {
  test("add their bins, and the variances of their noise", () => {
    const added = combine([first(), first("2026-Q1", TWO)]);
    if (!added.ok) throw new Error(added.failure.reason);
    const both = added.value.published.get(partKey(GERMANY, WATER));
    const one = first().published.get(partKey(GERMANY, WATER));
    if (!both || !one) throw new Error("not published");
    expect(both.bins).toEqual([2, 4, 60, 8, 10]);
    expect(both.noise).toBeCloseTo(2 * one.noise, 10);
    const margin = (counted: typeof one) => weighted(counted, [0, 0, 0, 1, 1])?.margin ?? 0;
    expect(margin(both)).toBeCloseTo(margin(one) / Math.SQRT2, 10);
  });

  test("withhold in the sum what one of them withholds", () => {
    const whole = pictureFrom("2026-Q1", [[REST, [9, 9, 9, 9, 9]]], TWO);
    const added = combine([first(), whole]);
    expect(added.ok && added.value.published.has(partKey(REST, WATER))).toBe(false);
    expect(added.ok && added.value.withheld.has(partKey(REST, WATER))).toBe(true);
  });

  test("say of the sum what each of them says", () => {
    const small = pictureFrom("2026-Q1", [], { ...TWO, says: "5 or more companies", K: 8 });
    const added = combine([first(), small]);
    expect(added.ok && added.value).toMatchObject({ says: ["8 or more companies", "5 or more companies"], K: 8 });
  });

  const renamed = CELLS.map((cell) => (cell.path === OTHER ? { ...cell, where: [] } : cell));
  test.each<{ says: string; with: Picture; failure: object }>([
    {
      says: "other metrics",
      with: first("2026-Q1", { ...TWO, metrics: [WATER, CRITICAL] }),
      failure: { reason: "metrics-differ", metric: CRITICAL },
    },
    {
      says: "a cell that means something else by the same name",
      with: pictureFrom("2026-Q1", [], { ...TWO, cells: renamed }),
      failure: { reason: "cells-differ", path: OTHER },
    },
    {
      says: "a cell that the other lacks",
      with: pictureFrom("2026-Q1", [], { ...TWO, cells: CELLS.slice(1) }),
      failure: { reason: "cells-differ", path: GERMANY },
    },
    {
      says: "another quarter",
      with: first("2026-Q2", TWO),
      failure: { reason: "cohorts-differ", cohorts: ["2026-Q1", "2026-Q2"] },
    },
    {
      says: "a file of the same consortium, whose audits would count twice",
      with: first(),
      failure: { reason: "same-consortium", consortium: "log.example/one" },
    },
  ])("are not added with $says", ({ with: other, failure }) => {
    expect(combine([first(), other])).toEqual({ ok: false, failure });
  });
});

describe("four quarters", () => {
  const year = ["2026-Q3", "2026-Q1", "2026-Q4", "2026-Q2"].map((cohort) => first(cohort));
  test("are the current picture, in whatever order they are given", () => {
    const added = sumOfQuarters(year);
    if (!added.ok) throw new Error(added.failure.reason);
    expect(added.value.cohort).toBe("2026-Q1 to 2026-Q4");
    expect(added.value.published.get(partKey(GERMANY, WATER))?.bins).toEqual([4, 8, 120, 16, 20]);
  });

  const [third, q1, , second] = year as [Picture, Picture, Picture, Picture];
  const yearly = pictureFrom("2025", [], { series: "year", cohorts: ["2025"] });
  test.each<{ says: string; files: Picture[]; failure: object }>([
    { says: "the same quarter twice", files: [q1, q1], failure: { reason: "same-cohort", cohort: "2026-Q1" } },
    {
      says: "quarters with a gap",
      files: [q1, third],
      failure: { reason: "not-in-a-row", after: "2026-Q1", cohort: "2026-Q3" },
    },
    {
      says: "a year beside its quarters",
      files: [q1, second, yearly],
      failure: { reason: "not-quarters", cohort: "2025" },
    },
    { says: "one file alone", files: [q1], failure: { reason: "one-file" } },
    {
      says: "another consortium's quarter",
      files: [q1, first("2026-Q2", TWO)],
      failure: { reason: "another-consortium", consortium: "log.example/one" },
    },
  ])("are not summed of $says", ({ files, failure }) => {
    expect(sumOfQuarters(files)).toEqual({ ok: false, failure });
  });
});
