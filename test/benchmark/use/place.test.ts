import type { Bins } from "@quasarix/shared/benchmark/release-file.ts";
import { noiseVariance } from "@quasarix/shared/benchmark/use/estimate.ts";
import { latestOf, type OwnValue, ownChange, ownFigures, within } from "@quasarix/shared/benchmark/use/own.ts";
import { peersWithoutMe, placeOf } from "@quasarix/shared/benchmark/use/place.ts";
import { describe, expect, test } from "vitest";
import { noiseFor, wordsOf } from "./dice.ts";
import { CRITICAL, WATER } from "./files.ts";

const noise = noiseVariance([2, 1]);
const peers = (...bins: Bins) => ({ bins, noise });

describe("one's own place", () => {
  const even = peers(20, 20, 20, 20, 20);
  test.each([
    { says: "a 5 beats four fifths and half of its equals", own: [5], percent: 90 },
    { says: "a 1 beats half of its equals", own: [1], percent: 10 },
    { says: "a 3 stands in the middle", own: [3], percent: 50 },
    { says: "several are averaged, each with its own mid-rank", own: [1, 5, 5], percent: 63 },
  ])("$says", ({ own, percent }) => expect(placeOf(even, WATER, own)?.percent).toBe(percent));

  test("of findings the lower class is the better one", () => expect(placeOf(even, CRITICAL, [1])?.percent).toBe(90));

  test("is never better than all of them, nor worse", () => {
    expect(placeOf(peers(0, 50, 0, 0, 0), WATER, [5])).toMatchObject({ bound: ">", percent: 97 });
    expect(placeOf(peers(0, 50, 0, 0, 0), WATER, [1])).toMatchObject({ bound: "<", percent: 3 });
  });

  test("without suppliers of one's own there is none", () => expect(placeOf(even, WATER, [])).toBeNull());
});

// BENCHMARKS 1.5, simulated there over pools with a level of each member; here all members are alike.
test.each([
  { members: 8, suppliers: 6, points: 6.8 },
  { members: 20, suppliers: 8, points: 3.2 },
])(
  "of $members members with $suppliers suppliers, the own percentile is off by no more than about $points points",
  (row) => {
    const trials = 400;
    const draw = noiseFor(`place ${row.members}`, [2, 1]);
    const words = wordsOf(`scores ${row.members}`);
    const score = () => [1, 2, 2, 3, 3, 3, 4, 4, 4, 5][words() % 10] as number;
    let squares = 0;
    for (let trial = 0; trial < trials; trial++) {
      const pools = Array.from({ length: row.members }, () => Array.from({ length: row.suppliers }, score));
      const exact = histogramOf(pools.flat());
      const counted = histogramOf(pools.flatMap((own) => own.slice(0, 5))).map((bin) => bin + draw()) as Bins;
      const own = pools[0] as number[];
      squares +=
        ((placeOf(peers(...exact), WATER, own)?.percent ?? 0) -
          (placeOf(peers(...counted), WATER, own)?.percent ?? 0)) **
        2;
    }
    expect(Math.sqrt(squares / trials)).toBeLessThan(row.points * 1.15);
  },
);

function histogramOf(scores: readonly number[]): Bins {
  const bins: Bins = [0, 0, 0, 0, 0];
  for (const score of scores) bins[(score - 1) as 0] += 1;
  return bins;
}

describe("the peers without me", () => {
  test("are the published bins less my own counted records", () => {
    expect(peersWithoutMe(peers(5, 5, 5, 5, 5), [1, 1, 4], 5).bins).toEqual([3, 5, 5, 4, 5]);
  });
  test("of more than K only K are taken away, in the proportions of all", () => {
    const less = peersWithoutMe(peers(5, 5, 5, 5, 5), [1, 1, 1, 1, 1, 2, 2, 2, 2, 2], 5);
    expect(less.bins).toEqual([2.5, 2.5, 5, 5, 5]);
  });
  test("the noise stays what it was", () => expect(peersWithoutMe(peers(5, 5, 5, 5, 5), [1], 5).noise).toBe(noise));
});

describe("one's own figures, before and beside any release", () => {
  const value = (site: string, score: number, day: string | null): OwnValue => ({
    site,
    metric: WATER,
    value: score,
    day,
  });
  const own = [
    value("a", 2, "2025-03-01"),
    value("a", 4, "2026-03-01"),
    value("b", 5, "2026-02-01"),
    value("c", 3, null),
  ];

  test("each site counts once, by its latest audit", () => {
    expect(latestOf(own).map(({ site, value: score }) => [site, score])).toEqual([
      ["a", 4],
      ["b", 5],
      ["c", 3],
    ]);
  });
  test("they are exact: nobody else's are in them", () => {
    expect(ownFigures(WATER, own)).toMatchObject({ sites: 3, better: { sites: 2 }, mean: 4 });
    expect(ownFigures(WATER, own)?.bins.map(({ sites }) => sites)).toEqual([0, 0, 1, 1, 1]);
    expect(ownFigures(CRITICAL, own)).toBeNull();
  });
  test("one's own change is that of sites audited twice", () => {
    expect(ownChange(WATER, own)).toEqual({ metric: WATER, sites: 1, better: 1, worse: 0, same: 0 });
    expect(ownChange(WATER, own.slice(1))).toBeNull();
  });
  test("fewer findings are a change for the better", () => {
    const findings = [value("a", 4, "2025-01-01"), value("a", 1, "2026-01-01")].map((it) => ({
      ...it,
      metric: CRITICAL,
    }));
    expect(ownChange(CRITICAL, findings)).toMatchObject({ better: 1, worse: 0 });
  });
  test("a cohort takes what was audited in it, first and last day included", () => {
    const days = within(own, "2026-02-01", "2026-03-01").map(({ site }) => site);
    expect(days).toEqual(["a", "b", "c"]);
    expect(within(own, "2026-02-02", "2026-02-28").map(({ site }) => site)).toEqual(["c"]);
  });
});
