import { buildPlan, type PlanAsk } from "@quasarix/shared/benchmark/build-plan.ts";
import { missingSays, missingSaysToMembers } from "@quasarix/shared/benchmark/missing.ts";
import type { Plan, SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import { readPlan, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { breachesOf } from "@quasarix/shared/benchmark/plan-rules.ts";
import { holdsFloor, profileRule } from "@quasarix/shared/benchmark/profile.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";
import { ask, FOUR, pool } from "./participants.ts";

const metrics = (count: number) => Array.from({ length: count }, (_, i) => `score/quasarix@1/topic-${i}`);

function built(asked: PlanAsk): Plan {
  const plan = buildPlan(asked);
  if (!plan.ok) throw new Error(missingSays(plan.failure));
  return plan.value;
}

describe("what a plan says", () => {
  test("of eight members and more", () => {
    const plan = built(ask(["quarter", "year"], { participants: pool(9, 5) }));
    expect(plan).toMatchObject({
      ...{ profile: "eight", says: "8 or more companies", marks: [], K: 5, W: 40, b: [2, 1] },
      floor: { counted: 25, sponsors: 8 },
    });
    expect(plan.series.map(({ name, cells, cohorts }) => [name, cells.length, cohorts.length])).toEqual([
      ["quarter", 1, 4],
      ["year", 1, 1],
    ]);
  });

  test.each([
    { members: 5, each: 9, K: 10, counted: 41 },
    { members: 6, each: 7, K: 8, counted: 33 },
    { members: 7, each: 7, K: 8, counted: 33 },
  ])("of $members members: at most $K of each, $counted counted", ({ members, each, K, counted }) => {
    const participants = [...pool(members, each), ...pool(members, each, { industry: "food" })];
    const plan = built(ask(["year"], { participants, activeMembers: members }));
    expect(plan).toMatchObject({
      ...{ profile: "small", says: "5 or more companies", K, W: 40, b: [2, 1] },
      ...{ floor: { counted, sponsors: 5 }, series: [{ cells: [{ path: "all", where: [] }] }] },
    });
  });

  test("of a founding one, on every figure", () => {
    const plan = built(ask(["founding"], { participants: pool(9, 5) }));
    expect(plan.marks).toEqual(["imported by members, not a sample"]);
    expect(plan.series[0]?.cohorts[0]).toMatchObject({ id: "2024-Q4+2025-Q3", from: "2024-10-01", to: "2025-09-30" });
  });
});

const SMALL = { activeMembers: 6 };
const yearly = FOUR.flatMap((quarter) => pool(9, 2, {}, [quarter]));

describe("what is missing is said in numbers to the operator, and in none that is not public to a member", () => {
  test.each<[string, SeriesName[], Partial<PlanAsk>, string, string]>([
    [
      "four members",
      ["year"],
      { activeMembers: 4 },
      "4 active members: 5 are needed before anything may be published.",
      "4 active members: 5 are needed before anything may be published.",
    ],
    [
      "a small pool with too few suppliers",
      ["year"],
      { ...SMALL, participants: [...pool(3, 9), ...pool(3, 1)] },
      "6 members, 24 suppliers of 3 of them that count, at most 8 of a member: 40 are needed, of 5 members. They would not be enough for a founding plan either.",
      "Too few suppliers that count for a yearly plan: 40 are needed, of 5 members, at most 8 of each. They would not be enough for a founding plan either.",
    ],
    [
      "a small pool with enough for a founding one",
      ["year"],
      { ...SMALL, participants: pool(6, 5), founding: pool(6, 7) },
      "6 members, 30 suppliers of 6 of them that count, at most 8 of a member: 40 are needed, of 5 members. They would be enough for a founding plan.",
      "Too few suppliers that count for a yearly plan: 40 are needed, of 5 members, at most 8 of each. They would be enough for a founding plan.",
    ],
    [
      "five members, where forty is not enough",
      ["year"],
      { activeMembers: 5, participants: pool(5, 8) },
      "5 members, 40 suppliers of 5 of them that count, at most 10 of a member: 41 are needed, of 5 members. They would not be enough for a founding plan either.",
      "Too few suppliers that count for a yearly plan: 41 are needed, of 5 members, at most 10 of each. They would not be enough for a founding plan either.",
    ],
    [
      "nine members with a year's suppliers, by the quarter",
      ["quarter"],
      { participants: yearly },
      "9 members, 18 suppliers of 9 of them that count in the thinnest of the last four quarters (45 over all four), at most 5 of a member: 40 are needed, of 8 members. They would be enough for a yearly plan.",
      "Too few suppliers that count for a quarterly plan: 40 are needed in each quarter, of 8 members, at most 5 of each. They would be enough for a yearly plan.",
    ],
    [
      "nine members of which seven have suppliers",
      ["quarter", "year"],
      { participants: pool(7, 90) },
      "9 members, 35 suppliers of 7 of them that count in the thinnest of the last four quarters (35 over all four), at most 5 of a member: 40 are needed, of 8 members. They would not be enough for a yearly or a founding plan either.",
      "Too few suppliers that count for a quarterly plan: 40 are needed in each quarter, of 8 members, at most 5 of each. They would not be enough for a yearly or a founding plan either.",
    ],
  ])("%s", (_, names, more, toOperator, toMember) => {
    const plan = buildPlan(ask(names, more));
    expect(plan.ok ? "" : missingSays(plan.failure)).toBe(toOperator);
    expect(plan.ok ? "" : missingSaysToMembers(plan.failure)).toBe(toMember);
  });
});

const eight = { participants: pool(9, 5) };
const six = { ...SMALL, participants: pool(6, 7) };
const withMetrics = (names: SeriesName[], count: number, more: Partial<PlanAsk>): PlanAsk => {
  const asked = ask(names, more);
  return { ...asked, series: asked.series.map((one) => ({ ...one, metrics: metrics(count) })) };
};
const END = Date.parse("2026-04-01") / 1000;

describe("what is asked for has to fit the profile", () => {
  test.each<[string, PlanAsk, string | null]>([
    ["ten metrics a quarter", withMetrics(["quarter"], 10, eight), null],
    ["eleven", withMetrics(["quarter"], 11, eight), "11 metrics: a quarterly series has at most 10."],
    ["thirty a year", withMetrics(["year"], 30, eight), null],
    ["thirty-one", withMetrics(["year"], 31, eight), "31 metrics: a yearly series has at most 30."],
    ["ten of a small pool", withMetrics(["year"], 10, six), null],
    ["eleven of a small pool", withMetrics(["year"], 11, six), "11 metrics: a yearly series has at most 10."],
    [
      "a small pool's founding one",
      withMetrics(["founding"], 11, six),
      "11 metrics: a founding series has at most 10.",
    ],
    [
      "a small pool by the quarter",
      ask(["quarter"], six),
      "Fewer than 8 active members publish once a year, or as a founding release: never by the quarter.",
    ],
    ["the small profile by name", ask(["year"], { ...six, profile: "small" }), null],
    [
      "the small profile for eight members",
      ask(["year"], { ...eight, activeMembers: 8, profile: "small" }),
      "8 active members: the profile of a small pool is for 5 to 7.",
    ],
    [
      "the first profile for seven",
      ask(["year"], { ...eight, activeMembers: 7, profile: "eight" }),
      "7 active members: this profile needs 8.",
    ],
    [
      "a founding one beside another",
      ask(["founding", "year"], eight),
      "A plan has a quarterly series, a yearly one, both, or a founding one alone.",
    ],
    ["no series", ask([], eight), "A plan has a quarterly series, a yearly one, both, or a founding one alone."],
    ["a vote until the first quarter's end", ask(["quarter", "year"], { ...eight, commitBy: END }), null],
    [
      "a second longer",
      ask(["quarter", "year"], { ...eight, commitBy: END + 1 }),
      "The vote has to be over by 2026-04-01, before what is to be counted is known.",
    ],
    [
      "a founding vote beyond the cut-off",
      ask(["founding"], { ...eight, commitBy: END + 1 }),
      "The vote has to be over by 2026-04-01, before what is to be counted is known.",
    ],
  ])("%s", (_, asked, says) => {
    const plan = buildPlan(asked);
    expect(plan.ok ? null : missingSays(plan.failure)).toBe(says);
  });
});

test("a site that takes part twice is a bug", () => {
  const [one] = pool(1, 1);
  const participants = [...pool(9, 5), one, one].filter((each) => each !== undefined);
  expect(() => buildPlan(ask(["year"], { participants }))).toThrow("twice");
});

test("who sponsors whom and where a site stands is committed to, hidden by the plan's key", () => {
  const participants = pool(9, 6);
  const { sites, planKey } = built(ask(["year"], { participants }));
  const [first, ...rest] = participants as [(typeof participants)[number], ...typeof participants];
  const moved = [{ ...first, sponsor: "org_8" }, ...rest];
  expect(built(ask(["year"], { participants: moved })).sites).not.toBe(sites);
  expect(built(ask(["year"], { participants: participants.toReversed() })).sites).toBe(sites);
  const other = built(ask(["year"], { participants, planKey: new Uint8Array(32) }));
  expect([other.sites === sites, other.planKey === planKey]).toEqual([false, false]);
});

const anyAsk = fc
  .record({
    activeMembers: fc.integer({ min: 3, max: 14 }),
    sizes: fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 5, maxLength: 14 }),
    names: fc.constantFrom<SeriesName[]>(["quarter"], ["year"], ["quarter", "year"], ["founding"]),
  })
  .map(({ activeMembers, sizes, names }) => {
    const own = sizes
      .slice(0, activeMembers)
      .flatMap((size, i) =>
        pool(1, size, i % 3 === 0 ? { industry: "food" } : {}).map((one) => ({ ...one, sponsor: `org_${i}` })),
      );
    return { sizes: sizes.slice(0, activeMembers), asked: ask(names, { activeMembers, participants: own }) };
  });

describe("of any pool", () => {
  test("a plan that is made keeps every rule of its profile, and is read as it was written", () => {
    fc.assert(
      fc.property(anyAsk, ({ asked }) => {
        const plan = buildPlan(asked);
        fc.pre(plan.ok);
        expect(breachesOf(plan.value)).toEqual([]);
        expect(holdsFloor(plan.value)).toBe(true);
        expect(readPlan(writePlan(plan.value))).toEqual(plan);
      }),
      { numRuns: runs(100, 1_000) },
    );
  });

  test("a small pool is planned exactly when five members are there and nobody is above a quarter", () => {
    fc.assert(
      fc.property(anyAsk, fc.integer({ min: 5, max: 7 }), ({ asked, sizes }, activeMembers) => {
        const { K, W } = profileRule("small", activeMembers);
        const own = sizes.slice(0, activeMembers).map((size) => Math.min(size, K));
        const counted = own.reduce((all, size) => all + size, 0);
        const isBalanced = own.every((size) => 4 * size <= counted);
        const taken = asked.participants.filter(({ sponsor }) => Number(sponsor.slice(4)) < activeMembers);
        const plan = buildPlan(ask(["year"], { activeMembers, participants: taken }));
        expect(plan.ok).toBe(counted >= Math.max(W, 4 * K + 1));
        if (plan.ok) expect([isBalanced, own.filter((size) => size > 0).length >= 5]).toEqual([true, true]);
      }),
      { numRuns: runs(100, 1_000) },
    );
  });
});
