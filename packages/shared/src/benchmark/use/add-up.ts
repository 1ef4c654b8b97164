import { fail, ok, type Result } from "../../result.ts";
import type { Cell } from "../plan.ts";
import { type Counted, sum } from "./estimate.ts";
import { type Picture, partKey } from "./picture.ts";

export type AddRefusal =
  | { readonly reason: "one-file" }
  | { readonly reason: "metrics-differ"; readonly metric: string }
  | { readonly reason: "cells-differ"; readonly path: string }
  | { readonly reason: "cohorts-differ"; readonly cohorts: readonly [string, string] }
  /** Two files of one consortium and time hold the same audits: added, they would count twice. */
  | { readonly reason: "same-consortium"; readonly consortium: string }
  | { readonly reason: "another-consortium"; readonly consortium: string }
  | { readonly reason: "same-cohort"; readonly cohort: string }
  | { readonly reason: "not-quarters"; readonly cohort: string }
  | { readonly reason: "not-in-a-row"; readonly after: string; readonly cohort: string };

const firstOnlyIn = (a: readonly string[], b: readonly string[]): string | undefined =>
  [...a.filter((it) => !b.includes(it)), ...b.filter((it) => !a.includes(it))][0];

/** What a cell is, whatever its name and the order of its conditions. */
function meaning({ where }: Cell): string {
  const parts = where.map((one) =>
    JSON.stringify("in" in one ? [one.by, "in", [...one.in].sort()] : [one.by, "notIn", [...one.notIn].sort()]),
  );
  return parts.sort().join();
}

/** Null where both speak of the same metrics and the same cells. */
export function shapeRefusal(a: Picture, b: Picture): AddRefusal | null {
  const metric = firstOnlyIn(a.metrics, b.metrics);
  if (metric !== undefined) return { reason: "metrics-differ", metric };
  const meant = new Map(b.cells.map((cell) => [cell.path, meaning(cell)]));
  const path =
    a.cells.find((cell) => meant.get(cell.path) !== meaning(cell))?.path ??
    firstOnlyIn(
      a.cells.map((cell) => cell.path),
      [...meant.keys()],
    );
  return path === undefined ? null : { reason: "cells-differ", path };
}

/** Bins and variances add. A cell that one of them withholds is withheld in the sum, or it would mean something else than its neighbours. */
function addUp(pictures: readonly [Picture, ...Picture[]]): Picture {
  const [first, ...others] = pictures;
  const published = new Map<string, Counted>();
  const withheld = new Set<string>();
  for (const { path } of first.cells)
    for (const metric of first.metrics) {
      const key = partKey(path, metric);
      const parts = pictures.flatMap((one) => one.published.get(key) ?? []);
      if (parts.length === pictures.length) published.set(key, sum(parts));
      else if (pictures.some((one) => one.withheld.has(key))) withheld.add(key);
    }
  return {
    ...first,
    cohort: [...new Set(pictures.map(({ cohort }) => cohort))].join(" and "),
    consortia: [...new Set(pictures.flatMap(({ consortia }) => consortia))],
    says: [...new Set(pictures.flatMap(({ says }) => says))],
    K: others.reduce((K, one) => Math.max(K, one.K), first.K),
    published,
    withheld,
  };
}

/**
 * Files of several consortia for one cohort, as one. A site that two of them count is counted twice: nothing published tells.
 */
export function combine(pictures: readonly Picture[]): Result<Picture, AddRefusal> {
  const [first, ...others] = pictures;
  if (first === undefined || others.length === 0) return fail({ reason: "one-file" });
  const seen = new Set(first.consortia);
  for (const one of others) {
    const twice = one.consortia.find((consortium) => seen.has(consortium));
    if (twice !== undefined) return fail({ reason: "same-consortium", consortium: twice });
    for (const consortium of one.consortia) seen.add(consortium);
    if (one.cohort !== first.cohort) return fail({ reason: "cohorts-differ", cohorts: [first.cohort, one.cohort] });
    const refusal = shapeRefusal(first, one);
    if (refusal) return fail(refusal);
  }
  return ok(addUp([first, ...others]));
}

const QUARTER = /^([0-9]{4})-Q([1-4])$/;

/** Quarters since year 0; null for no quarter. */
const quarterNumber = (cohort: string): number | null => {
  const found = QUARTER.exec(cohort);
  return found === null ? null : Number(found[1]) * 4 + Number(found[2]) - 1;
};

/** Quarters in a row of one consortium, summed: with four of them the current picture (BENCHMARKS 1.4). */
export function sumOfQuarters(pictures: readonly Picture[]): Result<Picture, AddRefusal> {
  const ordered = [...pictures].sort((a, b) => (a.cohort < b.cohort ? -1 : 1));
  const [first, ...others] = ordered;
  if (first === undefined || others.length === 0) return fail({ reason: "one-file" });
  let last = first;
  for (const [i, one] of ordered.entries()) {
    const number = quarterNumber(one.cohort);
    if (number === null) return fail({ reason: "not-quarters", cohort: one.cohort });
    if (i === 0) continue;
    const stranger = firstOnlyIn(first.consortia, one.consortia);
    if (stranger !== undefined) return fail({ reason: "another-consortium", consortium: stranger });
    if (one.cohort === last.cohort) return fail({ reason: "same-cohort", cohort: one.cohort });
    if (number !== (quarterNumber(last.cohort) ?? 0) + 1)
      return fail({ reason: "not-in-a-row", after: last.cohort, cohort: one.cohort });
    const refusal = shapeRefusal(first, one);
    if (refusal) return fail(refusal);
    last = one;
  }
  return ok({ ...addUp([first, ...others]), cohort: `${first.cohort} to ${last.cohort}` });
}
