import {
  ageOf,
  cohortsOf,
  dayAt,
  endOf,
  foundingCohort,
  lastFourQuarters,
  plusQuarters,
  quarterOf,
  startOf,
} from "@quasarix/shared/benchmark/cohorts.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";

const at = (time: string) => Date.parse(time) / 1000;

test.each([
  ["2026-01-01", "2026-Q1"],
  ["2026-03-31", "2026-Q1"],
  ["2026-04-01", "2026-Q2"],
  ["2026-09-30", "2026-Q3"],
  ["2026-12-31", "2026-Q4"],
])("%s is in %s", (day, quarter) => {
  expect(quarterOf(day)).toBe(quarter);
});

test.each([
  ["2026-Q4", 1, "2027-Q1"],
  ["2026-Q1", -1, "2025-Q4"],
  ["2026-Q2", 7, "2028-Q1"],
  ["2026-Q2", 0, "2026-Q2"],
])("%s and %i quarters is %s", (quarter, count, later) => {
  expect(plusQuarters(quarter, count)).toBe(later);
});

test("a year of quarters, each closed and published three months after its last day", () => {
  const days = (one: number) => new Date(one * 1000).toISOString();
  expect(
    cohortsOf("quarter", "2025-Q3", 4).map(({ id, from, to, cutoff, notBefore }) => [
      ...[id, from, to, days(cutoff), cutoff === notBefore],
    ]),
  ).toEqual([
    ["2025-Q3", "2025-07-01", "2025-09-30", "2026-01-01T00:00:00.000Z", true],
    ["2025-Q4", "2025-10-01", "2025-12-31", "2026-04-01T00:00:00.000Z", true],
    ["2026-Q1", "2026-01-01", "2026-03-31", "2026-07-01T00:00:00.000Z", true],
    ["2026-Q2", "2026-04-01", "2026-06-30", "2026-10-01T00:00:00.000Z", true],
  ]);
});

test("a year", () => {
  const [year] = cohortsOf("year", "2026", 1);
  expect(year).toEqual({
    id: "2026",
    from: "2026-01-01",
    to: "2026-12-31",
    cutoff: at("2027-04-01"),
    notBefore: at("2027-04-01"),
  });
  expect(endOf({ to: "2026-12-31" })).toBe(at("2027-01-01"));
});

describe("the last four full quarters", () => {
  test.each([
    ["2026-01-01T00:00:00Z", 0, ["2025-Q1", "2025-Q4"]],
    ["2025-12-31T23:59:59Z", 0, ["2024-Q4", "2025-Q3"]],
    ["2026-11-22T08:00:00Z", 3, ["2025-Q3", "2026-Q2"]],
    ["2026-12-31T23:59:59Z", 3, ["2025-Q3", "2026-Q2"]],
    ["2027-01-01T00:00:00Z", 3, ["2025-Q4", "2026-Q3"]],
    ["2026-05-31T12:00:00Z", 3, ["2025-Q1", "2025-Q4"]],
  ])("at %s, %i months old", (now, months, [first, last]) => {
    const four = lastFourQuarters(at(now), months);
    expect([four[0], four[3], four.length]).toEqual([first, last, 4]);
  });

  test("of a founding cohort ended three months before, and not four quarters sooner than they had to", () => {
    fc.assert(
      fc.property(fc.integer({ min: at("2020-01-01"), max: at("2060-01-01") }), (now) => {
        const cohort = foundingCohort(now, now + 1);
        expect(ageOf(cohort)).toBeLessThanOrEqual(now);
        const next = plusQuarters(quarterOf(cohort.to), 2);
        expect(
          ageOf({
            to: dayAt(startOf(`${next.slice(0, 4)}-${String(3 * Number(next.slice(6)) - 2).padStart(2, "0")}-01`) - 1),
          }),
        ).toBeGreaterThan(now);
        expect(cohort.id).toBe(`${quarterOf(cohort.from)}+${quarterOf(cohort.to)}`);
      }),
      { numRuns: runs(200, 2_000) },
    );
  });
});

test("every day is in the one quarter whose days hold it", () => {
  fc.assert(
    fc.property(fc.integer({ min: at("2000-01-01"), max: at("2100-01-01") }), (now) => {
      const day = dayAt(now);
      const [cohort] = cohortsOf("quarter", quarterOf(day), 1);
      expect(cohort && cohort.from <= day && day <= cohort.to).toBe(true);
    }),
    { numRuns: runs(200, 2_000) },
  );
});
