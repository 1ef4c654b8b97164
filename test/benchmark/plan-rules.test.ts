import { buildPlan } from "@quasarix/shared/benchmark/build-plan.ts";
import type { Cell, Cohort, Plan, Series } from "@quasarix/shared/benchmark/plan.ts";
import { areApart, breachesOf } from "@quasarix/shared/benchmark/plan-rules.ts";
import { describe, expect, test } from "vitest";
import { ask, pool } from "./participants.ts";

const made = (...[names, more]: Parameters<typeof ask>): Plan => {
  const participants = [...pool(9, 5), ...pool(9, 5, { industry: "food" })];
  const plan = buildPlan(ask(names, { participants, ...more }));
  if (!plan.ok) throw new Error(plan.failure.reason);
  return plan.value;
};
const plan = made(["year"]);
const small = made(["year"], { activeMembers: 6 });
const founding = made(["founding"]);

const withSeries = (from: Plan, change: (series: Series) => Partial<Series>): Plan => ({
  ...from,
  series: from.series.map((series) => ({ ...series, ...change(series) })),
});
const withCohort = (change: (cohort: Cohort) => Partial<Cohort>, from = plan): Plan =>
  withSeries(from, ({ cohorts }) => ({ cohorts: cohorts.map((one) => ({ ...one, ...change(one) })) }));
const withCell = (cell: Cell): Plan => withSeries(plan, ({ cells }) => ({ cells: [...cells, cell] }));

test("what is built breaks no rule", () => {
  expect([plan, small, founding, made(["quarter", "year"])].flatMap(breachesOf)).toEqual([]);
});

const THREE_MONTHS_LESS = 92 * 86_400;

describe("whoever votes is told of", () => {
  test.each<[string, Plan, string]>([
    [
      "a member that counts for more",
      { ...plan, K: 6 },
      "K 6, W 40, b 2/1 and a floor of 25 counted of 8 members are not this profile's",
    ],
    ["less noise", { ...plan, b: [1, 1] }, "b 1/1"],
    ["a lower floor", { ...plan, floor: { counted: 24, sponsors: 8 } }, "a floor of 24 counted"],
    ["a small pool's floor under another name", { ...small, profile: "eight" }, "not this profile's"],
    ["five members' K with six members' floor", { ...small, K: 10 }, "not this profile's"],
    ["other words than the profile's", { ...plan, says: "5 or more companies" }, "is not what this profile says"],
    ["a mark that is missing", { ...founding, marks: [] }, "the marks are not those of its series"],
    ["one series twice", { ...plan, series: [...plan.series, ...plan.series] }, "a series stands twice"],
    [
      "a founding series beside another",
      { ...founding, series: [...founding.series, ...plan.series] },
      "of one cohort alone",
    ],
    [
      "too many metrics",
      withSeries(plan, () => ({ metrics: Array.from({ length: 31 }, (_, i) => `findings/m${i}`) })),
      "31 metrics, at most 30",
    ],
    [
      "a metric twice",
      withSeries(plan, ({ metrics }) => ({ metrics: [...metrics, ...metrics] })),
      "a metric stands twice",
    ],
    ["a small pool by the quarter", withSeries(small, () => ({ name: "quarter" as const })), "no such series"],
    [
      "a small pool of two cells",
      withSeries(small, () => ({ cells: plan.series[0]?.cells ?? [] })),
      "one cell, of all peers",
    ],
    [
      "cells that share sites",
      withCell({ path: "tier=1", where: [{ by: "tier", in: ["1"] }] }),
      "a site may be in `industry=food` and in `tier=1`",
    ],
    ["all peers beside the cells", withCell({ path: "all", where: [] }), "a site may be in"],
    ["a path twice", withCell({ path: "industry=food", where: [{ by: "industry", in: ["toys"] }] }), "stands twice"],
    [
      "what is too young",
      withCohort(({ notBefore }) => ({ notBefore: notBefore - 1, cutoff: notBefore - 1 })),
      "before it is three months old",
    ],
    [
      "a cut-off before the cohort is over",
      withCohort(({ cutoff }) => ({ cutoff: cutoff - THREE_MONTHS_LESS })),
      "closed before it is over",
    ],
    [
      "a cut-off after its day",
      withCohort(({ notBefore }) => ({ cutoff: notBefore + 1 })),
      "published before it is closed",
    ],
    ["days that are not of its name", withCohort(() => ({ from: "2025-12-31" })), "its days are not those of its name"],
    ["a quarter in a yearly series", withCohort(() => ({ id: "2026-Q4" })), "its days are not those of its name"],
    [
      "a founding cohort of three quarters",
      withCohort(() => ({ from: "2025-01-01", id: "2025-Q1+2025-Q3" }), founding),
      "its days are not those of its name",
    ],
    [
      "a vote after the cohort is over",
      { ...plan, commitBy: Date.parse("2027-01-01") / 1000 + 1 },
      "the vote may be over after",
    ],
    [
      "cohorts that overlap",
      withSeries(plan, ({ cohorts }) => ({ cohorts: [...cohorts, ...cohorts] })),
      "cohorts overlap",
    ],
  ])("%s", (_, spoilt, says) => {
    expect(breachesOf(spoilt).join("\n")).toContain(says);
  });
});

const cell = (...where: Cell["where"]): Cell => ({ path: "x", where });
const food = { by: "industry", in: ["food"] } as const;

describe("two cells are apart where no site fits both", () => {
  test.each<[string, Cell["where"], Cell["where"], boolean]>([
    ["two names", [{ by: "industry", in: ["food"] }], [{ by: "industry", in: ["toys"] }], true],
    ["one name", [{ by: "industry", in: ["food"] }], [{ by: "industry", in: ["toys", "food"] }], false],
    ["a name and the rest", [{ by: "industry", in: ["food"] }], [{ by: "industry", notIn: ["food"] }], true],
    [
      "a name and a rest that may hold it",
      [{ by: "industry", in: ["food"] }],
      [{ by: "industry", notIn: ["toys"] }],
      false,
    ],
    ["two rests", [{ by: "industry", notIn: ["food"] }], [{ by: "industry", notIn: ["toys"] }], false],
    ["different dimensions", [{ by: "industry", in: ["food"] }], [{ by: "tier", in: ["1"] }], false],
    [
      "apart in the second",
      [
        { ...food, in: ["food"] },
        { by: "tier", in: ["1"] },
      ],
      [
        { ...food, in: ["food"] },
        { by: "tier", notIn: ["1"] },
      ],
      true,
    ],
  ])("%s", (_, one, other, are) => {
    expect(areApart(cell(...one), cell(...other))).toBe(are);
    expect(areApart(cell(...other), cell(...one))).toBe(are);
  });
});
