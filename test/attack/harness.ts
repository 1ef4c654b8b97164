import { base64url } from "@quasarix/shared/base64.ts";
import {
  type BuiltRelease,
  countedCells,
  ReleaseBuild,
  type ReleaseOf,
} from "@quasarix/shared/benchmark/build-release.ts";
import { lotOf } from "@quasarix/shared/benchmark/draw.ts";
import { isPublished } from "@quasarix/shared/benchmark/histogram.ts";
import { type Kept, withLatest } from "@quasarix/shared/benchmark/latest.ts";
import { type Cohort, cellOf, type Plan, type Series, type SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import { RecordTable } from "@quasarix/shared/benchmark/record-table.ts";
import type { Leaf, SiteRecord } from "@quasarix/shared/benchmark/site-record.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Counted } from "./counted.ts";
import type { Planned } from "./planning.ts";

export const hashOf = (text: string): string => base64url(sha256(utf8(text)));

/** A cohort of a plan, with the series that it is of. */
export interface Released {
  readonly planned: Planned;
  readonly series: Series;
  readonly cohort: Cohort;
}

export function cohortOf(planned: Planned, name: SeriesName, id?: string): Released {
  const series = planned.plan.series.find((one) => one.name === name);
  const cohort = series?.cohorts.find((one) => id === undefined || one.id === id);
  if (!series || !cohort) throw new Error(`the plan has no ${name} cohort ${id ?? ""}`);
  return { planned, series, cohort };
}

/** Every cohort of the plan whose days the world has audits of. */
export const cohortsIn = (planned: Planned): Released[] =>
  planned.plan.series.flatMap((series) =>
    series.cohorts
      .filter(({ from, to }) => planned.world.audits.some(({ day }) => day >= from && day <= to))
      .map((cohort) => ({ planned, series, cohort })),
  );

/** A site's counted audits of a cohort, and which audit each metric's value is from. */
interface Gathered {
  readonly record: SiteRecord;
  /** Index into the world's audits, a metric. */
  readonly audits: Int32Array;
}

/** As the object gathers them, for the member that each site counts for. */
export const recordsOf = (of: Released): SiteRecord[] => gathered(of).map(({ record }) => record);

function gathered({ planned, series, cohort }: Released): Gathered[] {
  const { world } = planned;
  const kept = new Map<number, { readonly kept: Kept; readonly audits: Int32Array }>();
  const columns = series.metrics.map((metric) => world.metrics.indexOf(metric));
  for (const [index, { site, day, values }] of world.audits.entries()) {
    if (day < cohort.from || day > cohort.to) continue;
    const own = Uint8Array.from(columns, (column) => values[column] ?? 0);
    const before = kept.get(site);
    const audits = before?.audits ?? new Int32Array(columns.length).fill(-1);
    // Audits come by day: where this one has a value, it is the one that stays.
    for (const [metric, value] of own.entries()) if (value > 0) audits[metric] = index;
    kept.set(site, { kept: withLatest(before?.kept ?? null, { day, values: own }), audits });
  }
  return [...kept].flatMap(([index, own]) => {
    const site = world.sites[index];
    const cell = site ? cellOf(series, site.leaf) : -1;
    const sponsor = planned.sponsors[index];
    if (!site || !sponsor || cell < 0) return [];
    return [{ record: { site: site.id, cell, sponsor, values: own.kept.values }, audits: own.audits }];
  });
}

export const VOTES = hashOf("the votes that adopted it");

export const releaseArguments = ({ planned, series, cohort }: Released, over: Partial<ReleaseOf> = {}): ReleaseOf => ({
  plan: planned.plan,
  planHash: planned.hash,
  series,
  cohort,
  votes: VOTES,
  secret: planned.secrets.secretOf(cohort.id),
  ...over,
});

/** The real release of these records. */
export function release(
  of: Released,
  records: readonly SiteRecord[] = recordsOf(of),
  over: Partial<ReleaseOf> = {},
): BuiltRelease {
  const build = new ReleaseBuild(releaseArguments(of, over));
  for (const record of records) build.add(record);
  return build.finish();
}

/** P(noise) below e^-1000: what is released is exact, and everything else about it as ever. */
export const withoutNoise = (plan: Plan): Pick<Plan, "K" | "b" | "floor"> => ({ ...plan, b: [1, 1000] });

/** What the release counts of each (cell, metric), before floor and noise, by the real draw. */
export function countedOf(
  { planned, series, cohort }: Released,
  records: readonly SiteRecord[],
  K: number = planned.plan.K,
  secret: Bytes = planned.secrets.secretOf(cohort.id),
) {
  const table = new RecordTable({ cells: series.cells.length, metrics: series.metrics.length });
  for (const record of records) table.add(record);
  return [...countedCells(table, table.bySite(), K, lotOf(secret))].map((cell) => ({
    ...cell,
    path: series.cells[cell.cell]?.path ?? "",
    isPublished: isPublished(cell, planned.plan.floor),
    /** Indices into `records`, as many as count. */
    drawn: [...cell.drawn.rows].filter((_, i) => cell.drawn.values[i * table.metrics + cell.metric] !== 0),
  }));
}

/** The records of one metric that published cells count, with the numbers that each was counted in. */
export function publishedRecords(cohorts: readonly Released[], metric = 0): Counted[] {
  const found = new Map<number, Counted & { readonly cells: string[] }>();
  for (const of of cohorts) {
    const all = gathered(of);
    const records = all.map(({ record }) => record);
    for (const cell of countedOf(of, records)) {
      if (cell.metric !== metric || !cell.isPublished) continue;
      const name = `${of.series.name} ${of.cohort.id} ${cell.path}`;
      for (const one of cell.drawn.map((index) => all[index] as Gathered)) {
        // A score of the quarterly series is the same one in the yearly series while it is of the same audit.
        const audit = one.audits[metric] as number;
        const known = found.get(audit);
        if (known) known.cells.push(name);
        else found.set(audit, { ...countedAs(of, one.record, metric), cells: [name] });
      }
    }
  }
  return [...found.values()];
}

function countedAs({ planned }: Released, { site, sponsor, values }: SiteRecord, metric: number) {
  const leaf = planned.world.sites[planned.siteNumbers.get(site) as number]?.leaf as Leaf;
  return { site, leaf, sponsor, value: values[metric] ?? 0 };
}

/** The exact figures that a release's noise hides: by `path` and metric, of published cells alone. */
export function exactFile(of: Released, records: readonly SiteRecord[] = recordsOf(of)): BuiltRelease["file"] {
  return release(of, records, { plan: withoutNoise(of.planned.plan) }).file;
}
