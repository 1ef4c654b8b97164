import { describe, expect, test } from "vitest";
import { CASES } from "./cases.ts";
import { below, chance } from "./chance.ts";
import {
  cohortOf,
  cohortsIn,
  countedOf,
  exactFile,
  publishedRecords,
  type Released,
  recordsOf,
  release,
} from "./harness.ts";
import { type Planned, planOf } from "./planning.ts";
import { isLong, sizeText, WORLDS } from "./sizes.ts";
import { type AttackWorld, QUARTERS, worldOf } from "./world.ts";

const FLIPS = isLong ? 20 : 4;
const SPONSORS = isLong ? 20 : 6;
/** Every bin of every release of the plan, exact, by series, cohort, path, metric and number. */
function binsOf(planned: Planned): Map<string, number> {
  return new Map(
    cohortsIn(planned).flatMap((of) =>
      exactFile(of).cells.flatMap(({ path, metric, bins }) =>
        bins.map((bin, j) => [[of.series.name, of.cohort.id, path, metric, j].join(" "), bin] as const),
      ),
    ),
  );
}

/** The same world with one audit's first score another one. */
function flipped(world: AttackWorld, index: number): AttackWorld {
  const audits = world.audits.map((audit, i) => {
    if (i !== index) return audit;
    const values = audit.values.slice();
    values[0] = values[0] === 5 ? 1 : 5;
    return { ...audit, values };
  });
  return { ...world, audits };
}

const tagged = (of: Released, isTagged: (site: string, sponsor: string) => boolean) =>
  recordsOf(of).map((record) => ({
    ...record,
    values: record.values.map((value) => (value === 0 ? 0 : isTagged(record.site, record.sponsor) ? 5 : 1)),
  }));

describe.each(CASES)(
  `S1 single count, $name (${sizeText(`${FLIPS} scores flipped, ${SPONSORS} sponsors`)})`,
  ({ world, series }) => {
    const planned = planOf(world, series);
    const cohorts = cohortsIn(planned);

    test("one score changed moves at most two bins by one, in one cell of one cohort of each series", () => {
      const before = binsOf(planned);
      const next = chance(`flips ${world.name}`);
      const released = [...world.audits.keys()].filter((i) => (world.audits[i]?.quarter ?? 0) >= QUARTERS / 2);
      for (let flip = 0; flip < FLIPS; flip++) {
        const audit = released[below(next, released.length)] as number;
        const after = binsOf({ ...planned, world: flipped(world, audit) });
        expect([...after.keys()]).toEqual([...before.keys()]);
        const moved = [...after].filter(([name, bin]) => bin !== before.get(name));
        for (const [name, bin] of moved) expect(Math.abs(bin - (before.get(name) ?? 0))).toBe(1);
        const places = Map.groupBy(moved, ([name]) => name.split(" ")[0]);
        for (const own of places.values())
          expect(new Set(own.map(([name]) => name.slice(0, -2))).size).toBeLessThanOrEqual(1);
        for (const own of places.values()) expect(own.length).toBeLessThanOrEqual(2);
      }
    });

    test("no sponsor counts for more than K in a cell, and none for more than a quarter of it", () => {
      const of = cohorts[0] as Released;
      for (const sponsor of planned.world.members.slice(0, SPONSORS)) {
        for (const { bins } of exactFile(
          of,
          tagged(of, (_, own) => own === sponsor),
        ).cells) {
          expect(bins[4]).toBeLessThanOrEqual(planned.plan.K);
          expect(4 * bins[4]).toBeLessThanOrEqual(bins.reduce((sum, bin) => sum + bin, 0));
        }
      }
    });

    test("a site that several audited counts once, in one cell, and without a cap every site counts just once", () => {
      for (const of of cohorts) {
        const records = recordsOf(of);
        const uncapped = countedOf(of, records, Number.MAX_SAFE_INTEGER);
        for (const [metric] of of.series.metrics.entries()) {
          const drawn = uncapped.filter((cell) => cell.metric === metric).flatMap((cell) => cell.drawn);
          expect(new Set(drawn).size).toBe(drawn.length);
          expect(drawn.length).toBe(records.filter(({ values }) => (values[metric] ?? 0) > 0).length);
        }
        expect(new Set(records.map(({ site }) => site)).size).toBe(records.length);
      }
    });

    test("a score is counted in at most one number of each series", () => {
      for (const { cells } of publishedRecords(cohorts))
        expect(new Set(cells.map((cell) => cell.split(" ")[0])).size).toBe(cells.length);
    });

    test("a cell counts what K leaves of each sponsor, no more and no less", () => {
      for (const of of cohorts) {
        const records = recordsOf(of);
        for (const { cell, metric, counted } of countedOf(of, records)) {
          const own = records.filter((record) => record.cell === cell && (record.values[metric] ?? 0) > 0);
          const each = [...Map.groupBy(own, ({ sponsor }) => sponsor).values()];
          expect(counted).toBe(each.reduce((sum, { length }) => sum + Math.min(planned.plan.K, length), 0));
        }
      }
    });

    test("a second record of one site is refused", () => {
      const of = cohorts[0] as Released;
      const records = recordsOf(of);
      expect(() => release(of, [...records, ...records.slice(-1)])).toThrow("a site has two records");
    });
  },
);

test("S1: what one member audited twice and another again in a quarter counts once, with the latest value", () => {
  const [size, seed] = WORLDS[0] as (typeof WORLDS)[number];
  const made = worldOf(size, seed);
  const of = cohortOf(planOf(made, ["quarter"]), "quarter");
  const site = made.audits.find(({ day }) => day >= of.cohort.from && day <= of.cohort.to)?.site as number;
  const { members = [] } = made.sites[site] ?? {};
  const own = [1, 3, 4].map((value, i) => ({
    ...{ site, quarter: 4, day: `${of.cohort.from.slice(0, 8)}0${i + 1}`, member: members[i % members.length] ?? "" },
    ...{ isAccredited: true, values: Uint8Array.of(value, value, value) },
  }));
  const others = made.audits.filter((audit) => audit.site !== site);
  const audits = [...others, ...own].toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)));
  const records = recordsOf({ ...of, planned: { ...of.planned, world: { ...made, audits } } });
  const found = records.filter((record) => record.site === made.sites[site]?.id);
  expect(found.map(({ values }) => [...values])).toEqual([[4, 4, 4]]);
});
