import { fail, ok, type Result } from "../../result.ts";
import type { Cell, Plan, Series, SeriesName } from "../plan.ts";
import type { ReleaseFile } from "../release-file.ts";
import { type Counted, noiseVariance, sum } from "./estimate.ts";

/** What one file says, or several added up; read beside its plan, without which a file is numbers without names. */
export interface Picture {
  /** `2026-Q1`; of several, joined by ` and `. */
  readonly cohort: string;
  readonly consortia: readonly string[];
  readonly series: SeriesName;
  /** What every figure has to say of itself: `8 or more companies`, and marks such as `imported by members, not a sample`. */
  readonly says: readonly string[];
  /** The most suppliers that count for one company; the greatest, of several. */
  readonly K: number;
  readonly metrics: readonly string[];
  readonly cells: readonly Cell[];
  /** By `partKey`. */
  readonly published: ReadonlyMap<string, Counted>;
  readonly withheld: ReadonlySet<string>;
}

export const partKey = (path: string, metric: string): string => `${metric}|${path}`;

export type PictureRefusal =
  | { readonly reason: "another-plan"; readonly plan: string }
  | { readonly reason: "no-such-cohort"; readonly cohort: string }
  | { readonly reason: "not-in-plan"; readonly path: string; readonly metric: string }
  | { readonly reason: "twice"; readonly path: string; readonly metric: string };

/** `planHash`: of the bytes that `plan` was read from. A file that names a cell its plan does not have, or one twice, is not shown in part. */
export function pictureOf(plan: Plan, planHash: string, file: ReleaseFile): Result<Picture, PictureRefusal> {
  if (file.planHash !== planHash) return fail({ reason: "another-plan", plan: file.planHash });
  const series = plan.series.find(({ cohorts }) => cohorts.some(({ id }) => id === file.cohort));
  if (series === undefined) return fail({ reason: "no-such-cohort", cohort: file.cohort });
  const odd = oddPart(series, file);
  if (odd) return fail(odd);
  const noise = noiseVariance(plan.b);
  return ok({
    cohort: file.cohort,
    consortia: [plan.consortium],
    series: series.name,
    says: [plan.says, ...plan.marks],
    K: plan.K,
    metrics: series.metrics,
    cells: series.cells,
    published: new Map(file.cells.map(({ path, metric, bins }) => [partKey(path, metric), { bins, noise }])),
    withheld: new Set(file.withheld.map(({ path, metric }) => partKey(path, metric))),
  });
}

function oddPart({ cells, metrics }: Series, file: ReleaseFile): PictureRefusal | null {
  const planned = cells.flatMap(({ path }) => metrics.map((metric) => partKey(path, metric)));
  const said = Map.groupBy([...file.cells, ...file.withheld], ({ path, metric }) => partKey(path, metric));
  const [twice] = [...said.values()].find((parts) => parts.length > 1) ?? [];
  for (const key of planned) said.delete(key);
  const [stray] = [...said.values()].flat();
  if (stray) return { reason: "not-in-plan", path: stray.path, metric: stray.metric };
  return twice ? { reason: "twice", path: twice.path, metric: twice.metric } : null;
}

export const ALL = "all";

/** `industry=textiles/region=other` -> both steps. A slash inside a name is none. */
const steps = (path: string): readonly string[] => path.split(/\/(?=(?:industry|region|country|tier)=)/);

export const isUnder = (path: string, branch: string): boolean =>
  branch === ALL || path === branch || (path.startsWith(`${branch}/`) && steps(path).length > steps(branch).length);

/** `all`, then every cell with the branches that lead to it, in the order of the plan. */
export function branchesOf({ cells }: Pick<Picture, "cells">): readonly string[] {
  const branches = new Set([ALL]);
  for (const { path } of cells) {
    const parts = steps(path);
    for (let length = 1; length <= parts.length; length++) branches.add(parts.slice(0, length).join("/"));
  }
  return [...branches];
}

export interface Branch {
  readonly counted: Counted;
  /** The published cells it is the sum of. */
  readonly cells: readonly string[];
  /** Under the floor, and in no total. */
  readonly withheld: number;
}

/** The sum of the published cells of a branch, and of no others; null where none is published. */
export function sumOf(picture: Picture, branch: string, metric: string): Branch | null {
  const under = picture.cells.map(({ path }) => path).filter((path) => isUnder(path, branch));
  const cells = under.filter((path) => picture.published.has(partKey(path, metric)));
  if (cells.length === 0) return null;
  const parts = cells.map((path) => picture.published.get(partKey(path, metric)) as Counted);
  const withheld = under.filter((path) => picture.withheld.has(partKey(path, metric))).length;
  return { counted: sum(parts), cells, withheld };
}

/** `industry textiles, region other`; `all peers`. */
export const branchText = (branch: string): string =>
  branch === ALL
    ? "all peers"
    : steps(branch)
        .map((step) => step.replace("=", " "))
        .join(", ");
