import type { ReleaseOf } from "@quasarix/shared/benchmark/build-release.ts";
import { countedCells } from "@quasarix/shared/benchmark/build-release.ts";
import { lotOf } from "@quasarix/shared/benchmark/draw.ts";
import { isPublished } from "@quasarix/shared/benchmark/histogram.ts";
import { RecordTable } from "@quasarix/shared/benchmark/record-table.ts";
import type { ReleaseFile } from "@quasarix/shared/benchmark/release-file.ts";
import type { SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slowFile, slowInputs } from "./slow-release.ts";
import { built, hashOf, pool, record, small } from "./small-release.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const keyOf = ({ path, metric }: { path: string; metric: string }): string => `${path} ${metric}`;

/** The keys of the cells that two files say otherwise. */
function touched(one: ReleaseFile, other: ReleaseFile): string[] {
  expect(one.cells.map(keyOf)).toEqual(other.cells.map(keyOf));
  return one.cells.flatMap((cell, i) => (cell.bins.join() === other.cells[i]?.bins.join() ? [] : [keyOf(cell)]));
}

const changed = (records: readonly SiteRecord[], at: number, metric: number, to: number): SiteRecord[] =>
  records.map((one, i) => (i === at ? { ...one, values: one.values.with(metric, to) } : one));

/** Small pools of every shape: few sponsors, sites without a score, names beyond ASCII, cells without a site. */
const pools = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 6, unit: "grapheme" }), {
    minLength: 0,
    maxLength: 80,
    size: "max",
  })
  .chain((sites) => {
    const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 });
    const of = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 9 }), values);
    const all = fc.array(of, { minLength: sites.length, maxLength: sites.length });
    return all.map((rows) => rows.map(([cell, org, own], i) => record(sites[i] as string, cell, `org-${org}`, own)));
  });
const plans = fc.record({
  K: fc.integer({ min: 1, max: 6 }),
  b: fc.constantFrom([2, 1] as [number, number], [5, 2] as [number, number]),
  floor: fc.record({ counted: fc.integer({ min: 1, max: 8 }), sponsors: fc.integer({ min: 1, max: 4 }) }),
});

test("a release agrees byte for byte with a slow one written from BENCHMARKS 1.3", () => {
  let published = 0;
  fc.assert(
    fc.property(pools, plans, (records, plan) => {
      const of: ReleaseOf = { ...small, plan };
      const release = built(records, { plan });
      expect(text(release.bytes)).toBe(slowFile(of, records));
      expect(release.inputs).toBe(slowInputs(of, records));
      published += release.file.cells.length;
    }),
    { numRuns: process.env["LONG"] === "1" ? 2000 : 200, seed: 5, endOnFailure: true },
  );
  expect(published).toBeGreaterThan(100);
});

test("so does one of 1,200 sites in no order, whose columns had to grow", () => {
  const records = Array.from({ length: 1_200 }, (_, i) => {
    const site = `site-${hashOf(`${i}`)}`.slice(0, 5 + (i % 40)).padEnd(8, "x") + i;
    return record(site, i % 2, `org-${(i * i) % 97}`, [1 + (i % 5), (i * 7) % 6, 1 + ((i >> 3) % 5)]);
  });
  const release = built(records);
  expect(text(release.bytes)).toBe(slowFile(small, records));
  expect(release.inputs).toBe(slowInputs(small, records));
  expect(release.file.withheld).toEqual([]);
});

test("the order in which records come changes no byte", () => {
  const first = built(pool());
  fc.assert(
    fc.property(fc.shuffledSubarray(pool(), { minLength: pool().length }), (records) => {
      expect(built(records)).toEqual(first);
    }),
    { numRuns: 20, seed: 1, endOnFailure: true },
  );
});

describe("one score changed", () => {
  const before = pool();
  const release = built(before);

  test.each(before.flatMap(({ site }, at) => (site.startsWith("site-2-") ? [{ site, at }] : [])))(
    "of $site, which counts: only its cell and metric are said otherwise",
    ({ at }) => {
      const one = before[at] as SiteRecord;
      const after = built(changed(before, at, 0, (one.values[0] as number) === 5 ? 4 : 5));
      const path = small.series.cells[one.cell]?.path;
      expect(touched(release.file, after.file)).toEqual([`${path} findings/critical`]);
      expect(after.inputs).not.toBe(release.inputs);
    },
  );

  test("that the draw left out: the file stays as it is, the commitments do not", () => {
    const secretOf = (n: number) => ({ secret: new Uint8Array(32).fill(n) });
    const at = before.findIndex(({ site }) => site === "site-11-0-0");
    const files = [...Array(30).keys()].map((n) => {
      const [one, other] = [built(before, secretOf(n)), built(changed(before, at, 0, 5), secretOf(n))];
      expect(one.inputs).not.toBe(other.inputs);
      return touched(one.file, other.file).length;
    });
    // 5 of 12 lots count.
    expect(files.filter((cells) => cells === 0).length).toBeGreaterThan(8);
    expect(files.filter((cells) => cells === 1).length).toBeGreaterThan(5);
  });

  test("its cell has new noise in all bins, not the old noise and the change", () => {
    const at = before.findIndex(({ site }) => site === "site-2-0-0");
    let untouchedBins = 0;
    for (let n = 0; n < 80; n++) {
      const secret = new Uint8Array(32).fill(n);
      const [one, other] = [built(before, { secret }), built(changed(before, at, 0, 1), { secret })];
      const [mine, theirs] = [one.file.cells[0]?.bins ?? [], other.file.cells[0]?.bins ?? []];
      untouchedBins += mine.filter((bin, j) => bin === theirs[j]).length;
    }
    // Two draws of scale 2 are equal once in eight times.
    expect(untouchedBins / 400).toBeLessThan(0.25);
  });
});

describe("other noise, as soon as another", () => {
  const release = built(pool());
  test.each<[string, Partial<ReleaseOf>]>([
    ["secret", { secret: new Uint8Array(32) }],
    ["plan", { planHash: hashOf("another plan") }],
    ["cohort", { cohort: { id: "2026-Q2" } }],
    ["set of votes", { votes: hashOf("other votes") }],
  ])("%s", (_, over) => {
    const other = built(pool(), { ...over });
    expect(touched(release.file, other.file).length).toBe(release.file.cells.length);
  });
});

test("what says of two metrics the same, and of two cells, has noise of its own in each bin", () => {
  const records = Array.from({ length: 400 }, (_, i) =>
    record(`site-${i}`, i % 2, `org-${i % 100}`, Array(3).fill(1 + (Math.floor(i / 4) % 5))),
  );
  const noise = built(records).file.cells.map(({ bins }) => bins.map((bin) => bin - 40));
  expect(noise.length).toBe(6);
  expect(new Set(noise.map((bins) => bins.join())).size).toBe(6);
  expect(noise.some((bins) => new Set(bins).size > 1)).toBe(true);
});

describe("the draw", () => {
  const picks = (records: readonly SiteRecord[], K = 5): string[] => {
    const table = new RecordTable({ cells: 2, metrics: 3 });
    for (const one of records) table.add(one);
    return [...countedCells(table, table.bySite(), K, lotOf(small.secret))].map(({ drawn, metric }) =>
      [...drawn.rows].flatMap((row, i) => (drawn.values[3 * i + metric] ? [records[row]?.site] : [])).join(),
    );
  };

  test("looks at no score: with every score another, the same sites count", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 40, maxLength: 80 }), (scores) => {
        let at = 0;
        const another = (value: number): number => (value === 0 ? 0 : (scores[at++ % scores.length] as number));
        const others = pool().map((one) => ({ ...one, values: one.values.map(another) }));
        expect(picks(others)).toEqual(picks(pool()));
      }),
      { numRuns: 50, seed: 2, endOnFailure: true },
    );
  });

  test("takes all of a sponsor who has K, and K of one who has more", () => {
    for (const drawn of picks(pool()).map((names) => names.split(",")))
      for (let sponsor = 0; sponsor < 12; sponsor++) {
        const own = drawn.filter((site) => site.startsWith(`site-${sponsor}-`)).length;
        expect(own).toBeLessThanOrEqual(Math.min(5, sponsor + 1));
        if (sponsor >= 8) expect(own).toBe(5);
      }
  });

  test("draws no lot where nobody has more than K", () => {
    const table = new RecordTable({ cells: 2, metrics: 3 });
    for (const one of pool()) table.add(one);
    const never = () => expect.fail("a lot was drawn");
    expect([...countedCells(table, table.bySite(), 12, never)].length).toBe(6);
  });

  test("is one lot a site: with all metrics everywhere the same sites count for each", () => {
    const full = pool().map((one) => ({ ...one, values: one.values.map((value) => value || 1) }));
    const [first, second, third] = picks(full);
    expect([second, third]).toEqual([first, first]);
  });
});

describe("the floor", () => {
  const eight = { counted: 25, sponsors: 8 };
  const six = { counted: 33, sponsors: 5 };
  const five = { counted: 41, sponsors: 5 };
  test.each([
    { floor: eight, counted: 25, sponsors: 8, largest: 5, says: true },
    { floor: eight, counted: 24, sponsors: 8, largest: 5, says: false },
    { floor: eight, counted: 40, sponsors: 7, largest: 5, says: false },
    { floor: six, counted: 33, sponsors: 5, largest: 8, says: true },
    { floor: six, counted: 32, sponsors: 5, largest: 8, says: false },
    { floor: five, counted: 41, sponsors: 5, largest: 10, says: true },
    { floor: five, counted: 40, sponsors: 5, largest: 10, says: false },
    { floor: { counted: 25, sponsors: 8 }, counted: 39, sponsors: 8, largest: 10, says: false },
    { floor: { counted: 25, sponsors: 8 }, counted: 40, sponsors: 8, largest: 10, says: true },
  ])("of $floor.counted and $floor.sponsors: $counted records of $sponsors, $largest of one: $says", (row) => {
    expect(isPublished({ ...row, bins: [0, 0, 0, 0, 0] }, row.floor)).toBe(row.says);
  });

  test("counts what was drawn, not what there is", () => {
    const one = Array.from({ length: 100 }, (_, i) => record(`site-${i}`, 0, `org-${i % 4}`, [1, 1, 1]));
    expect(built(one).file.cells).toEqual([]);
    expect(built(one).file.withheld.length).toBe(6);
  });
});

describe("a record that is none of the plan's is a bug", () => {
  test.each([
    ["in a cell that it does not have", record("a", 2, "o", [1, 1, 1]), "no cell 2"],
    ["in no cell", record("a", -1, "o", [1, 1, 1]), "no cell -1"],
    ["with a value too few", record("a", 0, "o", [1, 1]), "2 values for 3 metrics"],
    ["beyond the last bin", record("a", 0, "o", [1, 6, 1]), "6 is no bin"],
  ])("%s", (_, one, says) => {
    expect(() => built([one])).toThrow(says);
  });

  test("a second one of its site, wherever it stands", () => {
    const twice = [...pool(), record("site-3-1-0", 1, "org-5", [1, 1, 1])];
    expect(() => built(twice)).toThrow("a site has two records");
    expect(() => built([pool()[0], pool()[0]] as SiteRecord[])).toThrow("a site has two records");
  });

  test("what the caller does to it afterwards changes nothing", () => {
    const records = pool();
    const first = built(records);
    function* spoilt() {
      for (const one of records) {
        yield one;
        one.values.fill(1);
      }
    }
    expect(built(spoilt())).toEqual(first);
  });
});
