import { beforeAll, describe, expect, test } from "vitest";
import { type Inspection, readInspections } from "../../scripts/release/inspections.ts";
import { rmse } from "../../scripts/release/measure.ts";
import { report } from "../../scripts/release/report.ts";
import { expectedAt } from "../../scripts/release/sim.ts";
import { type TriedWorld, tryRelease } from "../../scripts/release/try.ts";
import { sharedPath } from "../shared-data.ts";

const source = sharedPath("data", "inspections", "chicago-food");
const TRIALS = process.env["LONG"] === "1" ? 40 : 4;

describe.skipIf(!source)("a year's releases of real inspections", () => {
  let inspections: Inspection[];
  let nine: TriedWorld;
  beforeAll(async () => {
    inspections = await readInspections(source as string);
    nine = tryRelease(inspections, 9, TRIALS);
  }, 60_000);

  test("nine members have four quarters and a year, nothing withheld", () => {
    expect(nine.cohorts.map(({ cohort }) => cohort)).toEqual(["2014-Q1", "2014-Q2", "2014-Q3", "2014-Q4", "2014"]);
    for (const { release } of nine.cohorts) expect(release.file.withheld).toEqual([]);
  });

  test("what is known is each licence once, by its last inspection", () => {
    const last = new Map<string, Inspection>();
    for (const one of inspections) {
      const known = last.get(one.licence);
      if (one.day.startsWith("2014") && (!known || one.day >= known.day)) last.set(one.licence, one);
    }
    const year = nine.cohorts.at(-1) as TriedWorld["cohorts"][number];
    const scored = year.measured.filter(({ metric }) => metric.startsWith("score/"));
    expect(scored.reduce((sum, { known }) => sum + known, 0)).toBe(year.records);
    // A type of facility that nobody had in the year before is in the rest, so no licence is lost.
    expect(year.records).toBe(last.size);
  });

  test("the same inspections make the same files", () => {
    const again = tryRelease(inspections, 9, 1);
    expect(again.cohorts.map(({ release }) => release.hash)).toEqual(nine.cohorts.map(({ release }) => release.hash));
  });

  test("a share of scores is off by no more than on simulated pools, and a tenth", () => {
    for (const { measured } of nine.cohorts) {
      const scores = measured.filter(({ metric }) => metric.startsWith("score/"));
      const least = Math.min(...scores.map(({ counted }) => counted));
      const errors = scores.flatMap(({ share }) => share);
      // An error of n draws scatters by 1/sqrt(2n) of itself: in well under one cohort of a thousand by 3.3 times that.
      const slack = 1.1 + 3.3 / Math.sqrt(2 * errors.length);
      expect(rmse(errors)).toBeLessThan(slack * expectedAt(least).share);
    }
  });

  test("six members have one cell and no quarters, and every figure says so", () => {
    const six = tryRelease(inspections, 6, 1);
    expect(six.plan).toMatchObject({ ok: true, value: { profile: "small", says: "5 or more companies" } });
    expect(six.cohorts.map(({ cohort, series }) => [cohort, series.cells.length])).toEqual([["2014", 1]]);
    expect(report(six).join("\n")).toContain("5 or more companies");
  });

  test("four members have no plan, and hear how many it takes", () => {
    const four = tryRelease(inspections, 4, 1);
    expect(four.plan).toMatchObject({ ok: false, failure: { reason: "too-few-members", needed: 5 } });
    expect(report(four).join("\n")).toContain("too-few-members");
  });
});
