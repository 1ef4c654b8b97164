import { ageOf, type CohortDates, cohortsOf } from "@quasarix/shared/benchmark/cohorts.ts";
import type { Cell, Cohort, Plan, SeriesName } from "@quasarix/shared/benchmark/plan.ts";
import type { Bins, ReleaseFile } from "@quasarix/shared/benchmark/release-file.ts";
import { type Picture, pictureOf } from "@quasarix/shared/benchmark/use/picture.ts";

export const HASH = "A".repeat(43);
export const WATER = "score/quasarix@1/water";
export const CRITICAL = "findings/critical";
export const DAYS = "remediation/days";

const industry = (name: string): Cell["where"][number] => ({ by: "industry", in: [name] });
const TEXTILES = ["DE", "IN"];

/** Two countries of one industry, what is left of it, and what is left of all. */
export const CELLS: readonly Cell[] = [
  ...TEXTILES.map((country) => ({
    path: `industry=textiles/country=${country}`,
    where: [industry("textiles"), { by: "country" as const, in: [country] }],
  })),
  {
    path: "industry=textiles/country=other",
    where: [industry("textiles"), { by: "country", notIn: TEXTILES }],
  },
  { path: "industry=other", where: [{ by: "industry", notIn: ["textiles"] }] },
];
export const [GERMANY, INDIA, REST, OTHER] = CELLS.map(({ path }) => path) as [string, string, string, string];

/** What is no quarter's name has the days of the first. */
function cohort(id: string): Cohort {
  const [days] = cohortsOf("quarter", /^[0-9]{4}-Q[1-4]$/.test(id) ? id : "2026-Q1", 1) as [CohortDates];
  const from = ageOf(days);
  return { ...days, id, cutoff: from, notBefore: from, commitment: HASH };
}

export interface PlanLike {
  readonly consortium?: string;
  readonly says?: string;
  readonly marks?: readonly string[];
  readonly K?: number;
  readonly series?: SeriesName;
  readonly metrics?: readonly string[];
  readonly cells?: readonly Cell[];
  readonly cohorts?: readonly string[];
}

export const planOf = (like: PlanLike = {}): Plan => ({
  version: 1,
  consortium: like.consortium ?? "log.example/one",
  profile: "eight",
  says: like.says ?? "8 or more companies",
  marks: [...(like.marks ?? [])],
  K: like.K ?? 5,
  W: 40,
  floor: { counted: 25, sponsors: 8 },
  b: [2, 1],
  planKey: HASH,
  sites: HASH,
  auditors: [],
  commitBy: 1_767_225_600,
  series: [
    {
      name: like.series ?? "quarter",
      metrics: [...(like.metrics ?? [WATER])],
      cells: [...(like.cells ?? CELLS)],
      cohorts: (like.cohorts ?? ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]).map(cohort),
    },
  ],
});

export type Rows = readonly (readonly [path: string, bins: Bins, metric?: string])[];

export const fileOf = (cohort: string, rows: Rows, withheld: readonly string[] = []): ReleaseFile => ({
  planHash: HASH,
  cohort,
  cells: rows.map(([path, bins, metric = WATER]) => ({ path, metric, bins })),
  withheld: withheld.map((path) => ({ path, metric: WATER })),
});

/** A file read beside its plan, as those who use it do. */
export function pictureFrom(
  cohort: string,
  rows: Rows,
  like: PlanLike = {},
  withheld: readonly string[] = [],
): Picture {
  const read = pictureOf(planOf(like), HASH, fileOf(cohort, rows, withheld));
  if (!read.ok) throw new Error(read.failure.reason);
  return read.value;
}
