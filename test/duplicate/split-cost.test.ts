import { splitCost } from "@quasarix/shared/duplicate/split-cost.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";

const sumOf = (parts: ReadonlyMap<string, number>) => [...parts.values()].reduce((sum, cents) => sum + cents, 0);
const parted = fc.uniqueArray(
  fc.record({ id: fc.string({ minLength: 1, maxLength: 6 }), weight: fc.integer({ min: 1, max: 1_000_000 }) }),
  { minLength: 1, maxLength: 40, selector: ({ id }) => id },
);
const costs = fc.integer({ min: 0, max: 99_999_999_999 });

describe("a cost is split to the cent", () => {
  test.each([
    { what: "in halves", cents: 360_000, weights: [1, 1], parts: [180_000, 180_000] },
    {
      what: "a cent that is left goes to the smaller hash",
      cents: 10_000,
      weights: [1, 1, 1],
      parts: [3_334, 3_333, 3_333],
    },
    { what: "two cents that are left go to the two smaller", cents: 11, weights: [1, 1, 1], parts: [4, 4, 3] },
    { what: "by weights, a cent to whoever lost most", cents: 100, weights: [1, 1, 5], parts: [14, 14, 72] },
    { what: "fewer cents than joiners", cents: 1, weights: [1, 1], parts: [1, 0] },
    { what: "nothing", cents: 0, weights: [3, 4], parts: [0, 0] },
  ])("$what", ({ cents, weights, parts }) => {
    const split = splitCost(
      cents,
      weights.map((weight, i) => ({ id: "abc"[i] as string, weight })),
    );
    expect(weights.map((_, i) => split.get("abc"[i] as string))).toEqual(parts);
  });

  test("whatever the cost and the weights, the parts sum to it, and none is a whole cent off its due", () => {
    fc.assert(
      fc.property(costs, parted, (cents, parts) => {
        const split = splitCost(cents, parts);
        expect(sumOf(split)).toBe(cents);
        const total = parts.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
        for (const { id, weight } of parts) {
          const off = BigInt(split.get(id) as number) * total - BigInt(cents) * BigInt(weight);
          expect(off < total && off > -total).toBe(true);
        }
      }),
      { numRuns: runs(200, 10_000) },
    );
  });

  test("the order in which joiners are named changes nothing", () => {
    fc.assert(
      fc.property(costs, parted, (cents, parts) => {
        const [there, back] = [splitCost(cents, parts), splitCost(cents, parts.toReversed())];
        expect(parts.map(({ id }) => there.get(id))).toEqual(parts.map(({ id }) => back.get(id)));
      }),
      { numRuns: runs(100, 2_000) },
    );
  });

  test.each([
    { what: "no joiner", cents: 5, parts: [] },
    {
      what: "one hash twice",
      cents: 5,
      parts: [
        { id: "a", weight: 1 },
        { id: "a", weight: 1 },
      ],
    },
    { what: "a weight of nothing", cents: 5, parts: [{ id: "a", weight: 0 }] },
    { what: "part of a cent", cents: 0.5, parts: [{ id: "a", weight: 1 }] },
  ])("$what is a bug of the caller's", ({ cents, parts }) => {
    expect(() => splitCost(cents, parts)).toThrow();
  });
});
