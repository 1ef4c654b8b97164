import { BINS } from "@quasarix/shared/benchmark/metric.ts";
import type { Condition, Series } from "@quasarix/shared/benchmark/plan.ts";
import { type Leaf, type SiteRecord, UNKNOWN } from "@quasarix/shared/benchmark/site-record.ts";
import { branchesOf, pictureOf, sumOf } from "@quasarix/shared/benchmark/use/picture.ts";
import { describe, expect, test } from "vitest";
import { CASES } from "./cases.ts";
import { cohortsIn, type Released, recordsOf, release } from "./harness.ts";
import { type Planned, planOf } from "./planning.ts";
import { COUNTRIES, INDUSTRIES, TIERS } from "./tree-names.ts";

/** Every place that a site could have, names that no plan has heard of among them. */
const LEAVES: readonly Leaf[] = [...INDUSTRIES, UNKNOWN, "new"].flatMap((industry) =>
  [...COUNTRIES, ["ZZ", UNKNOWN] as const].flatMap(([country, region]) =>
    [...TIERS, UNKNOWN].map((tier) => ({ industry, region, country, tier })),
  ),
);

const holds = (leaf: Leaf, one: Condition): boolean =>
  "in" in one ? one.in.includes(leaf[one.by]) : !one.notIn.includes(leaf[one.by]);
const cellsOf = ({ cells }: Series, leaf: Leaf): string[] =>
  cells.filter(({ where }) => where.every((one) => holds(leaf, one))).map(({ path }) => path);

/** Without most of what one cell holds: it falls below the floor. */
function thinned(of: Released): SiteRecord[] {
  let left = 9;
  return recordsOf(of).filter(({ cell }) => cell !== 0 || left-- > 0);
}

function expectSums({ planned, series }: Released, file: ReturnType<typeof release>["file"]): void {
  const picture = pictureOf(planned.plan, planned.hash, file);
  if (!picture.ok) throw new Error(picture.failure.reason);
  for (const branch of branchesOf(picture.value)) {
    for (const metric of series.metrics) {
      const own = file.cells.filter(
        (cell) => cell.metric === metric && (branch === "all" || `${cell.path}/`.startsWith(`${branch}/`)),
      );
      const total = Array.from({ length: BINS }, (_, j) => own.reduce((sum, { bins }) => sum + (bins[j] ?? 0), 0));
      expect(sumOf(picture.value, branch, metric)?.counted.bins ?? [0, 0, 0, 0, 0]).toEqual(total);
    }
  }
}

function expectOneFile({ planned, series, cohort }: Released, file: ReturnType<typeof release>["file"]): void {
  const wanted = series.cells.flatMap(({ path }) => series.metrics.map((metric) => `${path} ${metric}`));
  const given = [...file.cells, ...file.withheld].map(({ path, metric }) => `${path} ${metric}`);
  expect(given.toSorted()).toEqual(wanted.toSorted());
  expect([file.planHash, file.cohort]).toEqual([planned.hash, cohort.id]);
}

describe.each(CASES)("S3 partition, $name", ({ world, series }) => {
  const planned: Planned = planOf(world, series);

  test("no place lies in two cells of a series, and every supplier that the plan counted lies in one", () => {
    for (const one of planned.plan.series) {
      for (const leaf of LEAVES) expect(cellsOf(one, leaf).length).toBeLessThanOrEqual(1);
      for (const { leaf } of planned.participants) expect(cellsOf(one, leaf)).toHaveLength(1);
      expect(new Set(one.cells.map(({ path }) => path)).size).toBe(one.cells.length);
    }
  });

  test("a file has each cell and metric of its series once, published or withheld, and nothing else", () => {
    for (const of of cohortsIn(planned)) expectOneFile(of, release(of).file);
  });

  test("every total is the sum of published cells", () => {
    for (const of of cohortsIn(planned)) expectSums(of, release(of).file);
  });

  test("a cell below the floor is withheld, and in no total", () => {
    for (const of of cohortsIn(planned)) {
      const { file } = release(of, thinned(of));
      expect(file.withheld.map(({ path }) => path)).toContain(of.series.cells[0]?.path);
      expectOneFile(of, file);
      expectSums(of, file);
    }
  });
});
