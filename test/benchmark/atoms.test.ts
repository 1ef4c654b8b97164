import { buildCells, type CellRule, countedOf, passes, thinnestOf } from "@quasarix/shared/benchmark/atoms.ts";
import { type Cell, cellOf } from "@quasarix/shared/benchmark/plan.ts";
import { areApart } from "@quasarix/shared/benchmark/plan-rules.ts";
import type { Participant } from "@quasarix/shared/benchmark/site-record.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";
import { FOUR, pool } from "./participants.ts";

const RULE = { K: 5, W: 40, sponsors: 8 };
const paths = (participants: readonly Participant[], rule: CellRule = RULE) =>
  buildCells(participants, rule).map(({ path }) => path);

test.each([
  { says: "five of each of eight members", suppliers: pool(8, 5), counted: 40, does: true },
  { says: "a hundred of each of seven", suppliers: pool(7, 100), counted: 35, does: false },
  { says: "one short: seven of five and one of four", suppliers: pool(8, 5).slice(1), counted: 39, does: false },
  { says: "one of each of forty", suppliers: pool(40, 1), counted: 40, does: true },
])("$says count as $counted: passes $does", ({ suppliers, counted, does }) => {
  expect(countedOf(suppliers, 5).counted).toBe(counted);
  expect(passes(suppliers, RULE)).toBe(does);
});

test("forty of one company are no cell where eight companies are asked for", () => {
  expect(paths(pool(1, 40), { ...RULE, K: 40 })).toEqual([]);
  expect(paths(pool(8, 5), { ...RULE, K: 40 })).toEqual(["all"]);
});

const food = { industry: "food" };
const toys = { industry: "toys" };

describe("the tree is split from the top", () => {
  test.each<[string, Participant[], string[]]>([
    ["a pool that does not pass has no cell", pool(7, 100), []],
    ["one leaf is one cell, of all peers", pool(8, 5), ["all"]],
    [
      "children that pass keep their name",
      [...pool(8, 5), ...pool(8, 5, food)],
      ["industry=food", "industry=textiles"],
    ],
    [
      "those that fail go together",
      [...pool(8, 5), ...pool(8, 3, food), ...pool(8, 2, toys)],
      ["industry=textiles", "industry=other"],
    ],
    [
      "what fails together takes in the smallest that passes",
      [...pool(9, 5), ...pool(8, 5, food), ...pool(12, 5, { industry: "metal" }), ...pool(3, 1, toys)],
      ["industry=metal", "industry=textiles", "industry=other"],
    ],
    [
      "of two of one size the first by name",
      [...pool(8, 5), ...pool(8, 5, food), ...pool(8, 5, { industry: "metal" }), ...pool(3, 1, toys)],
      ["industry=metal", "industry=textiles", "industry=other"],
    ],
    [
      "it goes on until it passes, at the price of more than one name",
      [
        ...pool(8, 5).map((one) => ({ ...one, sponsor: `org_a${one.sponsor}` })),
        ...pool(8, 5, food),
        ...pool(1, 1, toys).map((one) => ({ ...one, sponsor: "org_z" })),
      ],
      ["industry=textiles", "industry=other"],
    ],
    ["fewer than two parts: the next dimension", [...pool(8, 5), ...pool(3, 1, toys)], ["all"]],
    [
      "and that without a condition on the first",
      [...pool(8, 5), ...pool(8, 5, { region: "europe", country: "PT" }), ...pool(3, 1, toys)],
      ["region=asia", "region=europe"],
    ],
    [
      "a part is split further by what splits it",
      [
        ...pool(8, 5),
        ...pool(8, 5, { tier: "2" }),
        ...pool(8, 4, { ...food, country: "TH" }),
        ...pool(8, 4, { ...toys, region: "africa", country: "KE" }),
        ...pool(8, 2, { ...food, region: "africa", country: "KE" }),
        ...pool(8, 2, { ...toys, country: "TH" }),
      ],
      ["industry=food", "industry=textiles/tier=1", "industry=textiles/tier=2", "industry=toys"],
    ],
    [
      "the rest of an industry is split by region",
      [
        ...pool(8, 5),
        ...pool(8, 3, food),
        ...pool(8, 3, toys),
        ...pool(8, 3, { ...food, region: "africa", country: "KE" }).map((one, i) => ({
          ...one,
          leaf: { ...one.leaf, industry: `x${i % 6}` },
        })),
        ...pool(8, 3, { region: "africa", country: "KE" }).map((one, i) => ({
          ...one,
          leaf: { ...one.leaf, industry: `y${i % 6}` },
        })),
      ],
      ["industry=textiles", "industry=other/region=africa", "industry=other/region=asia"],
    ],
    [
      "an industry that is called other is not the rest",
      [
        ...pool(8, 5),
        ...pool(8, 5, { industry: "other" }),
        ...pool(8, 5, toys).map((one, i) => ({ ...one, leaf: { ...one.leaf, industry: `x${i % 5}` } })),
      ],
      ["industry=.other", "industry=textiles", "industry=other"],
    ],
  ])("%s", (_, participants, expected) => {
    expect(paths(participants)).toEqual(expected);
  });
});

test("the rest is whoever is not named, whatever is new next year", () => {
  const cells = buildCells([...pool(8, 5), ...pool(8, 3, food), ...pool(8, 2, toys)], RULE);
  expect(cells[1]).toEqual({ path: "industry=other", where: [{ by: "industry", notIn: ["textiles"] }] });
  const leaf = { industry: "never seen", region: "europe", country: "PT", tier: "3" };
  expect(cellOf({ cells }, leaf)).toBe(1);
});

describe("a quarterly plan stands in each of the four quarters", () => {
  const quarterly = { ...RULE, quarters: FOUR };
  test("four quarters of ten each are enough for a year, not for a quarter", () => {
    const sites = FOUR.flatMap((quarter) => pool(10, 1, {}, [quarter]));
    expect(paths(sites)).toEqual(["all"]);
    expect(paths(sites, quarterly)).toEqual([]);
  });
  test("a quarter without an audit is a quarter", () => {
    const sites = pool(8, 5, {}, FOUR.slice(1));
    expect(paths(sites, quarterly)).toEqual([]);
    expect(paths(sites, { ...RULE, quarters: FOUR.slice(1) })).toEqual(["all"]);
  });
  test("three full quarters and one of thirty-two are not four", () => {
    const sites = [...pool(8, 5, {}, FOUR.slice(1)), ...pool(8, 4, {}, FOUR.slice(0, 1))];
    expect(paths(sites, quarterly)).toEqual([]);
    expect(paths(sites, { ...quarterly, W: 32 })).toEqual(["all"]);
  });
  test("nor three of eight companies and one of four", () => {
    const sites = [...pool(8, 10, {}, FOUR.slice(1)), ...pool(4, 10, {}, FOUR.slice(0, 1))];
    expect(paths(sites, { ...quarterly, K: 10 })).toEqual([]);
    expect(paths(sites, { ...quarterly, K: 10, sponsors: 4 })).toEqual(["all"]);
  });
  test("a site audited in each counts in each", () => {
    expect(paths(pool(8, 5), quarterly)).toEqual(["all"]);
  });
});

const leaf = fc.record({
  industry: fc.constantFrom("food", "metal", "other", "textiles", "toys"),
  region: fc.constantFrom("africa", "asia"),
  country: fc.constantFrom("KE", "TH", "VN"),
  tier: fc.constantFrom("1", "2", "unknown"),
});
const group = fc.record({
  leaf,
  members: fc.integer({ min: 1, max: 12 }),
  each: fc.integer({ min: 1, max: 8 }),
  quarters: fc.subarray(FOUR, { minLength: 1 }),
});
const anyPool = fc
  .array(group, { minLength: 1, maxLength: 25 })
  .map((groups) => groups.flatMap(({ leaf, members, each, quarters }) => pool(members, each, leaf, quarters)));
const anyRule = fc.record(
  {
    K: fc.integer({ min: 1, max: 8 }),
    W: fc.integer({ min: 1, max: 60 }),
    sponsors: fc.integer({ min: 1, max: 8 }),
    quarters: fc.constant(FOUR),
  },
  { requiredKeys: ["K", "W", "sponsors"] },
);

describe("of any pool", () => {
  test("cells never overlap, every participant is in one, and each of them passes", () => {
    fc.assert(
      fc.property(anyPool, anyRule, (participants, rule) => {
        const cells = buildCells(participants, rule);
        fc.pre(passes(participants, rule));
        const inside = participants.map((one) => cells.filter((cell) => cellOf({ cells: [cell] }, one.leaf) === 0));
        expect(inside.every((found) => found.length === 1)).toBe(true);
        for (const [i, one] of cells.entries()) {
          expect(cells.slice(i + 1).every((other) => areApart(one, other))).toBe(true);
          expect(
            passes(
              participants.filter(({ leaf }) => cellOf({ cells }, leaf) === i),
              rule,
            ),
          ).toBe(true);
        }
        expect(new Set(cells.map(({ path }) => path)).size).toBe(cells.length);
      }),
      { numRuns: runs(150, 2_000) },
    );
  });

  test("what does not pass as a whole has no cell", () => {
    fc.assert(
      fc.property(anyPool, anyRule, (participants, rule) => {
        expect(buildCells(participants, rule).length > 0).toBe(passes(participants, rule));
      }),
      { numRuns: runs(100, 1_000) },
    );
  });

  // That no score shapes a plan needs no test: a participant has none.
  test("neither the order of the participants nor which site is which changes a cell", () => {
    fc.assert(
      fc.property(anyPool, anyRule, fc.infiniteStream(fc.nat()), (participants, rule, dice) => {
        const keyed = participants.map((one) => ({ one, key: dice.next().value as number }));
        const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ one }, i) => ({ ...one, site: `site_${i}` }));
        expect(buildCells(shuffled, rule)).toEqual(buildCells(participants, rule));
      }),
      { numRuns: runs(100, 1_000) },
    );
  });

  test("what passes loses its name only as the smallest, and only while the rest cannot do without it", () => {
    fc.assert(
      fc.property(anyPool, anyRule, (participants, rule) => {
        const [first] = buildCells(participants, rule)[0]?.where ?? [];
        fc.pre(first !== undefined);
        const named = namesAt(buildCells(participants, rule));
        const children = [...Map.groupBy(participants, ({ leaf }) => leaf[first.by])].map(([name, own]) => ({
          name,
          own,
        }));
        const rest = children.filter(({ name }) => !named.has(name));
        const taken = rest.filter(({ own }) => passes(own, rule)).toSorted(bySize(rule));
        const kept = children.filter(({ name }) => named.has(name)).toSorted(bySize(rule));
        expect(kept.every(({ own }) => passes(own, rule))).toBe(true);
        const last = taken.at(-1);
        if (!last) return;
        expect(kept.length === 0 || bySize(rule)(last, kept[0] as Named) < 0).toBe(true);
        expect(
          passes(
            rest.filter((one) => one !== last).flatMap(({ own }) => own),
            rule,
          ),
        ).toBe(false);
      }),
      { numRuns: runs(150, 1_500) },
    );
  });
});

interface Named {
  readonly name: string;
  readonly own: readonly Participant[];
}
const bySize = (rule: CellRule) => (a: Named, b: Named) =>
  thinnestOf(a.own, rule).counted - thinnestOf(b.own, rule).counted || (a.name < b.name ? -1 : 1);

/** The names that the first split kept. */
const namesAt = (cells: readonly Cell[]): ReadonlySet<string> =>
  new Set(cells.flatMap(({ where: [first] }) => (first && "in" in first ? first.in : [])));
