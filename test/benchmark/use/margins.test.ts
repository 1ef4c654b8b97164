import { noiseVariance, sum, weighted } from "@quasarix/shared/benchmark/use/estimate.ts";
import { percentOf, percentText, points, shareText } from "@quasarix/shared/benchmark/use/percent.ts";
import { describe, expect, test } from "vitest";
import { noiseFor, sampleFrom } from "./dice.ts";

const B2 = noiseVariance([2, 1]);
const BETTER = [0, 0, 0, 1, 1];

describe("the variance of the noise", () => {
  test("is 7.84 at b = 2, and 2 (e^(1/b)) / (e^(1/b) - 1)^2 at any", () => {
    expect(B2).toBeCloseTo(7.84, 1);
    expect(noiseVariance([1, 1])).toBeCloseTo((2 * Math.E) / (Math.E - 1) ** 2, 10);
    expect(noiseVariance([5, 2])).toBeCloseTo((2 * Math.exp(0.4)) / (Math.exp(0.4) - 1) ** 2, 10);
  });

  test("adds up over the cells that are summed", () => {
    const one = { bins: [1, 2, 3, 4, 5], noise: B2 } as const;
    expect(
      sum([
        { ...one, bins: [...one.bins] },
        { bins: [0, -1, 0, 1, 0], noise: B2 },
      ]),
    ).toEqual({
      bins: [1, 1, 3, 5, 5],
      noise: 2 * B2,
    });
  });
});

describe("a margin beside the table of BENCHMARKS 1.7", () => {
  test("noise alone moves `4 or better` by 3.08 points at 100 counted", () => {
    const estimate = weighted({ bins: [10, 20, 30, 28, 12], noise: B2 }, BETTER);
    expect((100 * (estimate?.noise ?? 0)) / 1.96).toBeCloseTo(3.08, 1);
  });

  // The column "% >= 4 (p95)": measured there as 95 % of what the lottery and the noise do together.
  test.each([
    { counted: 34, p95: 21 },
    { counted: 40, p95: 19 },
    { counted: 52, p95: 16 },
    { counted: 70, p95: 13 },
    { counted: 104, p95: 10 },
    { counted: 144, p95: 8 },
    { counted: 269, p95: 6 },
  ])("at $counted counted it is about the $p95 points that held there 19 times in 20, and never under", (row) => {
    const bins = [0.1, 0.2, 0.3, 0.28, 0.12].map((share) => share * row.counted) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const margin = 100 * (weighted({ bins, noise: B2 }, BETTER)?.margin ?? 0);
    expect(margin).toBeGreaterThan(row.p95 - 0.5);
    expect(margin).toBeLessThan(row.p95 * 1.25);
  });
});

test.each([
  { name: "40 counted of 60", counted: 40, of: 60 },
  { name: "100 counted of 400", counted: 100, of: 400 },
])("with $name, the share of all of them lies within the margin 19 times in 20", ({ counted, of }) => {
  const trials = 2_000;
  const noise = noiseFor("margins", [2, 1]);
  let held = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { all, drawn } = sampleFrom(`margins ${trial}`, counted, of);
    const bins = drawn.map((bin) => bin + noise()) as [number, number, number, number, number];
    const estimate = weighted({ bins, noise: B2 }, BETTER);
    const exact = ((all[3] as number) + (all[4] as number)) / of;
    if (estimate && Math.abs(estimate.value - exact) <= estimate.margin) held++;
  }
  expect(held / trials).toBeGreaterThan(0.94);
  expect(held / trials).toBeLessThan(0.995);
});

describe("a share as it may be shown", () => {
  const of = (value: number) => percentOf({ value, margin: 0.084, noise: 0.05, draw: 0.07 });
  test.each([
    { says: "nothing at all is `< 3 %`", value: 0, text: "< 3 %" },
    { says: "2.4 % is `< 3 %`", value: 0.024, text: "< 3 %" },
    { says: "3 % is itself", value: 0.03, text: "3 %" },
    { says: "46.4 % is 46 %", value: 0.464, text: "46 %" },
    { says: "97 % is itself", value: 0.97, text: "97 %" },
    { says: "all of them are `> 97 %`", value: 1, text: "> 97 %" },
  ])("$says", ({ value, text }) => {
    expect(shareText(of(value))).toBe(text);
    expect(of(value).percent).toBeGreaterThanOrEqual(3);
    expect(of(value).percent).toBeLessThanOrEqual(97);
  });

  test("its margin is rounded up, and is never nothing", () => {
    expect(percentText(of(0.5))).toBe("50 % +- 9");
    expect(points(0)).toBe(1);
    expect(points(0.07)).toBe(7);
  });
});
