import { type Audited, Participation } from "@quasarix/shared/benchmark/participation.ts";
import { planDates } from "@quasarix/shared/benchmark/plan-dates.ts";
import { describe, expect, test } from "vitest";
import { FOUR } from "./participants.ts";

const TODAY = "2026-02-10";
const took = (audits: readonly (readonly [day: string, accredited?: "accredited"])[], isFounding = false) => {
  const participation = new Participation(FOUR, { today: TODAY, isFounding });
  for (const [day, accredited] of audits)
    participation.add({ site: "site_a", day, accredited: accredited !== undefined } satisfies Audited);
  return participation.present()[0]?.quarters ?? null;
};

describe("an invented supplier of an afternoon shapes no plan (R7)", () => {
  test.each<[string, Parameters<typeof took>[0], string[] | null]>([
    ["one audit of nobody accredited", [["2025-11-02"]], null],
    ["two of one quarter", [["2025-11-02"], ["2025-12-30"]], null],
    ["two quarters", [["2025-05-01"], ["2025-11-02"]], ["2025-Q2", "2025-Q4"]],
    ["two quarters, one before the four", [["2023-05-01"], ["2025-11-02"]], ["2025-Q4"]],
    ["one accredited audit", [["2025-11-02", "accredited"]], ["2025-Q4"]],
    [
      "one accredited audit before the four, another in them",
      [["2023-05-01", "accredited"], ["2025-11-02"]],
      ["2025-Q4"],
    ],
    ["nothing in the four", [["2023-05-01", "accredited"], ["2023-11-02"]], null],
    ["one past quarter and the present one", [["2025-11-02"], ["2026-01-03"]], null],
    ["one past quarter and one to come", [["2025-11-02"], ["2027-01-03"]], null],
    ["the present quarter alone, accredited", [["2026-02-01", "accredited"]], null],
  ])("%s", (_, audits, quarters) => {
    expect(took(audits)).toEqual(quarters);
  });
});

test("a founding plan counts accredited audits alone", () => {
  expect(took([["2025-05-01"], ["2025-11-02"]], true)).toBeNull();
  expect(took([["2025-05-01", "accredited"], ["2025-11-02"]], true)).toEqual(["2025-Q2"]);
});

const at = (time: string) => Date.parse(time) / 1000;
const NOW = at("2026-02-10T12:00:00Z");
const dates = (...[ask]: [Parameters<typeof planDates>[0]]) =>
  planDates(ask, { now: NOW, foundingSeconds: 30 * 86_400 });

describe("a plan is committed to before what it counts is known", () => {
  test.each([
    ["quarter", undefined, ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"], "2026-04-01"],
    ["quarter", "2026-Q4", ["2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3"], "2027-01-01"],
    ["year", undefined, ["2026"], "2027-01-01"],
    ["both", undefined, ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2026"], "2026-04-01"],
    ["both", "2026-Q3", ["2026-Q3", "2026-Q4", "2026"], "2026-10-01"],
  ] as const)("%s from %s", (kind, from, ids, commitBy) => {
    const found = dates({ kind, from });
    if (!found.ok) throw new Error(found.failure.message);
    expect(found.value.series.flatMap(({ cohorts }) => cohorts.map(({ id }) => id))).toEqual(ids);
    expect([found.value.commitBy, found.value.quarters]).toEqual([at(commitBy), FOUR]);
  });

  test("a founding one: the vote, then its days, then the cut-off", () => {
    const found = dates({ kind: "founding", commitBy: NOW + 100 });
    if (!found.ok) throw new Error(found.failure.message);
    const [cohort] = found.value.series[0]?.cohorts ?? [];
    expect(cohort).toMatchObject({ id: "2024-Q4+2025-Q3", cutoff: NOW + 100 + 30 * 86_400 });
    expect(found.value.quarters).toEqual(["2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3"]);
  });

  test.each([
    ["a cohort that is over", { kind: "quarter", from: "2025-Q4" }],
    ["a year that is over", { kind: "year", from: "2025" }],
    ["a founding vote that is over", { kind: "founding", commitBy: NOW }],
    ["a founding plan of other quarters", { kind: "founding", from: "2025-Q1" }],
    ["a vote of its own length", { kind: "year", commitBy: NOW + 5 }],
    ["a quarterly plan from a year", { kind: "quarter", from: "2026" }],
  ] as const)("%s is refused", (_, ask) => {
    expect(dates(ask).ok).toBe(false);
  });
});
