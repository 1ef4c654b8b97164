import { planDates } from "@quasarix/shared/benchmark/plan-dates.ts";
import { describe, expect, test } from "vitest";

const at = (moment: string): number => Math.floor(Date.parse(moment) / 1000);
const now = at("2026-11-22T08:00:00Z");
const dated = (ask: Parameters<typeof planDates>[0]) => planDates(ask, { now, foundingSeconds: 30 * 86_400 });

describe("what a plan is dated from what is asked for", () => {
  test.each([
    {
      says: "by the quarter: four from the present one on, voted on until the first is over",
      ask: { kind: "quarter" },
      cohorts: ["2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"],
      commitBy: "2027-01-01",
      first: "2025-Q4",
    },
    {
      says: "by the quarter from a later one on",
      ask: { kind: "quarter", from: "2027-Q2" },
      cohorts: ["2027-Q2", "2027-Q3", "2027-Q4", "2028-Q1"],
      commitBy: "2027-07-01",
      first: "2025-Q4",
    },
    { says: "by the year", ask: { kind: "year" }, cohorts: ["2026"], commitBy: "2027-01-01", first: "2025-Q4" },
    {
      says: "both: what is left of the year beside it",
      ask: { kind: "both" },
      cohorts: ["2026-Q4", "2026"],
      commitBy: "2027-01-01",
      first: "2025-Q4",
    },
    {
      says: "both of a year to come: voted on until its first quarter is over",
      ask: { kind: "both", from: "2027" },
      cohorts: ["2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4", "2027"],
      commitBy: "2027-04-01",
      first: "2025-Q4",
    },
    {
      says: "founding: the last four quarters that ended three months ago, two weeks to vote",
      ask: { kind: "founding" },
      cohorts: ["2025-Q3+2026-Q2"],
      commitBy: "2026-12-06T08:00:00Z",
      first: "2025-Q3",
    },
  ] as const)("$says", ({ ask, cohorts, commitBy, first }) => {
    const dates = dated(ask);
    if (!dates.ok) throw new Error(dates.failure.message);
    expect(dates.value.series.flatMap((one) => one.cohorts.map(({ id }) => id))).toEqual(cohorts);
    expect(dates.value.commitBy).toBe(at(commitBy));
    expect(dates.value.quarters[0]).toBe(first);
  });

  test("a founding cohort is cut off thirty days after its vote", () => {
    const commitBy = now + 600;
    const dates = dated({ kind: "founding", commitBy });
    const cutoff = commitBy + 30 * 86_400;
    expect(dates).toMatchObject({ ok: true, value: { series: [{ cohorts: [{ cutoff, notBefore: cutoff }] }] } });
  });
});

describe("refused, with its place", () => {
  test.each([
    { says: "a quarter that is over", ask: { kind: "quarter", from: "2026-Q3" }, pointer: "/from" },
    { says: "a year that is over", ask: { kind: "year", from: "2025" }, pointer: "/from" },
    { says: "quarters from a year on", ask: { kind: "quarter", from: "2027" }, pointer: "/from" },
    { says: "a founding plan of a cohort's choice", ask: { kind: "founding", from: "2026-Q1" }, pointer: "/from" },
    { says: "a founding vote that is over", ask: { kind: "founding", commitBy: now }, pointer: "/commitBy" },
    { says: "the end of a yearly vote", ask: { kind: "year", commitBy: now + 60 }, pointer: "/commitBy" },
  ] as const)("$says", ({ ask, pointer }) => {
    expect(dated(ask)).toMatchObject({ ok: false, failure: { reason: "ask", pointer } });
  });
});
