import { buildCells } from "@quasarix/shared/benchmark/atoms.ts";
import { profileRule } from "@quasarix/shared/benchmark/profile.ts";
import { describe, expect, test } from "vitest";
import { chance } from "./chance.ts";
import { drawScore } from "./guess.ts";
import { cohortOf, countedOf, recordsOf } from "./harness.ts";
import { binsOf, type Held, looks, minus, openRule } from "./looks.ts";
import { measure, PATIENCE, sized } from "./measured.ts";
import { noiseChance } from "./noise-model.ts";
import { lowerBound, upperBound } from "./odds.ts";
import { planOf } from "./planning.ts";
import { POOLS, SEEDS, worldOf } from "./world.ts";

const KNOWN: readonly Held[] = [1, 2, 3, 4, 1, 2, 3, 4].map((value, at) => ({ sponsor: `org_${at}`, value }));
const CASES = sized(600, 20_000, 100_000);
/** So many sets of the victim's records, as the pool has them. */
const SETS = sized(10, 50, 100);

/** Says "there" where what is left is likelier with the victim's records than without: TPR - FPR, and at least how much it is. */
function advantage(seed: string, count: number, members: number): { measured: number; atLeast: number } {
  const next = chance(seed);
  const noise = noiseChance(2);
  const runs = CASES / SETS;
  // The victim is as large as its profile lets it be, and nobody may have more than a quarter.
  const known = Array.from({ length: 3 }, () => KNOWN).flatMap((all, time) =>
    all.map(({ sponsor, value }) => ({ sponsor: `${sponsor}-${time}`, value })),
  );
  const hits = { there: 0, absent: 0 };
  for (let set = 0; set < SETS; set++) {
    const own = Array.from({ length: count }, () => ({ sponsor: "org_victim", value: drawScore(next) }));
    const asked = { runs, rule: openRule(members) };
    for (const world of ["there", "absent"] as const) {
      const records = world === "there" ? [...known, ...own] : known;
      for (const bins of looks({ ...asked, seed: `${seed} ${set} ${world}`, records })) {
        const left = minus(bins, binsOf(known));
        const ratio = binsOf(own).reduce((all, mine, bin) => {
          const seen = left[bin] ?? 0;
          return (all * noise(seen - mine)) / noise(seen);
        }, 1);
        if (ratio > 1) hits[world]++;
      }
    }
  }
  const [there, absent] = [hits.there / CASES, hits.absent / CASES];
  return { measured: there - absent, atLeast: lowerBound(hits.there, CASES) - upperBound(hits.absent, CASES) };
}

describe("R5, whether a record is there", { timeout: PATIENCE }, () => {
  test.each([
    ["one record, below the cap (theory .245)", 1, 12, Math.tanh(1 / 2), 0.15],
    ["all five of a member in a cell (theory .49)", 5, 12, Math.tanh(5 / 4), 0.25],
    ["all eight of a member, small profile", 8, 6, Math.tanh(8 / 4), 0.25],
  ])("%s: true less false alarms", (what, count, members, most, least) => {
    const { measured, atLeast } = advantage(`r5 ${count}`, count, members);
    expect(atLeast).toBeLessThanOrEqual(most);
    measure({
      test: "R5",
      what: `true less false alarms, ${what}`,
      size: `${CASES} cases a world`,
      measured,
      least,
      most,
    });
  });
});

/** Eight sponsors, five suppliers each; without one of them the plan fails, and that is seen: reported, not protected. */
test("R5, seven colluders see by the plan's shape whether the eighth member has its fifth supplier", () => {
  const { K, W, floor } = profileRule("eight", 8);
  const leaf = { industry: "textiles", region: "eastern-asia", country: "CN", tier: "1" };
  const all = Array.from({ length: W }, (_, at) => ({
    site: `site_${at}`,
    leaf,
    sponsor: `org_${at % floor.sponsors}`,
    quarters: ["2025-Q1"],
  }));
  const isPlanned = (victims: number): boolean =>
    buildCells(all.slice(0, all.length - 1 + victims), { K, W, sponsors: floor.sponsors }).length > 0;
  const measured = Number(isPlanned(1)) - Number(isPlanned(0));
  const what = "victim's participation by the plan's shape, n-1 colluders (reported, no protection claimed)";
  measure({ test: "R5", what, size: "1 pool of 8 members", measured });
  expect(measured).toBe(1);
});

test("R5, how often a planned cell is withheld", { timeout: PATIENCE }, () => {
  const pools = sized([POOLS.thirty], [POOLS.thirty, POOLS.eighty], [POOLS.twelve, POOLS.thirty, POOLS.eighty]);
  const counts = pools.flatMap((size) =>
    SEEDS.slice(0, sized(1, 2, 3)).flatMap((seed) => {
      const planned = planOf(worldOf(size, seed), ["quarter", "year"]);
      return planned.plan.series.flatMap(({ name, cohorts }) =>
        cohorts.map(({ id }) => {
          const of = cohortOf(planned, name, id);
          const cells = countedOf(of, recordsOf(of));
          return { planned: cells.length, withheld: cells.filter(({ isPublished }) => !isPublished).length };
        }),
      );
    }),
  );
  const sum = (of: (one: (typeof counts)[number]) => number): number => counts.reduce((all, one) => all + of(one), 0);
  const planned = sum((one) => one.planned);
  const measured = sum(({ withheld }) => withheld) / planned;
  measure({
    test: "R5",
    what: "share of planned cells withheld",
    size: `${planned} (cell, metric, cohort)`,
    measured,
    most: 0.02,
  });
});
