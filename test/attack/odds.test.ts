import { describe, expect, test } from "vitest";
import { epsilonAtLeast, grid } from "./epsilon-audit.ts";
import { chiSquareTail, lowerBound, upperBound } from "./odds.ts";

describe("Clopper-Pearson bounds at one in a thousand, against SciPy's", () => {
  test.each([
    [0, 100, 0, 0.0667456992],
    [1, 100, 1.000495329e-5, 0.0886268887],
    [57, 400, 0.09355783277, 0.2036910945],
    [154_800, 400_000, 0.3846208243, 0.3893829638],
    [57_200, 400_000, 0.1412942551, 0.1447177162],
    [399, 400, 0.9771525498, 0.9999974988],
    [8, 8, 0.4216965034, 1],
  ])("%i of %i", (hits, of, low, high) => {
    expect(lowerBound(hits, of)).toBeCloseTo(low, 8);
    expect(upperBound(hits, of)).toBeCloseTo(high, 8);
  });
});

test.each([
  [41.4, 43, 0.5408314052],
  [79.1, 79, 0.4756733408],
  [90, 43, 3.581946445e-5],
  [3.84, 1, 0.05004352125],
  [20, 40, 0.996545658],
])("the tail of chi-square above %f with %i degrees of freedom", (value, freedom, tail) => {
  expect(Math.abs(chiSquareTail(value, freedom) / tail - 1)).toBeLessThan(1e-6);
});

const { kinds, kind } = grid(-3, 3);

test("outcomes beyond the grid count with its outermost", () => {
  expect(kinds(2)).toBe(49);
  expect(kind(9, -9)).toBe(kind(3, -3));
  expect(new Set([-3, -2, -1, 0, 1, 2, 3].flatMap((a) => [-3, 0, 3].map((b) => kind(a, b)))).size).toBe(21);
});

const coin = (share: number, runs: number): Uint32Array =>
  Uint32Array.from({ length: runs }, (_, at) => (((at * 7919) % 1000) / 1000 < share ? 1 : 0));

test.each([
  ["the same in both worlds", 0.3, 0.3, 0, 0],
  ["three times as often in one of them", 0.6, 0.2, 0.95, Math.log(3)],
  ["never in one of them", 0.5, 0, 6, 7],
])("an outcome that is seen %s", (_, first, second, least, most) => {
  const bound = epsilonAtLeast({ kinds: 2, inFirst: coin(first, 30_000), inSecond: coin(second, 30_000) });
  expect(bound).toBeGreaterThanOrEqual(least);
  expect(bound).toBeLessThanOrEqual(most);
});
