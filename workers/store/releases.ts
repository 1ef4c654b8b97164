import type { ReleaseClaims } from "@quasarix/shared/benchmark/claims.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { ReleasePlanView, ReleaseView } from "@quasarix/shared/wire/releases.ts";
import type { Db } from "./db.ts";

// Plans and releases are open to every principal, whole and alike.

export type PutPlan = Omit<ReleasePlanView, "running">;
type PlanRow = Omit<PutPlan, "series"> & { readonly series: string };
interface ReleaseRow {
  readonly statement: string;
  readonly index: number;
  readonly claims: string;
}

// Two statements may put one plan to the vote: the first counts.
const PLAN = `SELECT p.plan, p.statement, p.log_index AS "index", p.admitted_at AS admittedAt, p.profile, p.series
  FROM release_plans AS p WHERE NOT EXISTS (SELECT 1 FROM release_plans AS e
    WHERE e.plan = p.plan AND e.log_index < p.log_index)`;
/** Exported for the test of its plan. */
export const PLANS_PAGE = `${PLAN} AND p.log_index > ?1 ORDER BY p.log_index LIMIT ?2`;
export const ONE_PLAN = `${PLAN} AND p.plan = ?1`;
const RELEASE = `SELECT statement, log_index AS "index", claims FROM releases`;
export const RELEASES_PAGE = `${RELEASE} WHERE log_index > ?1 ORDER BY log_index LIMIT ?2`;
export const ONE_RELEASE = `${RELEASE} WHERE plan = ?1 AND cohort = ?2`;

const putPlan = ({ series, ...row }: PlanRow): PutPlan => ({
  ...row,
  series: JSON.parse(series) as PutPlan["series"],
});
const released = ({ statement, index, claims }: ReleaseRow): ReleaseView => ({
  ...(JSON.parse(claims) as ReleaseClaims),
  statement,
  index,
});

export async function listReleasePlans(db: Db, _: Principal, after: number, limit: number): Promise<PutPlan[]> {
  return (await db.prepare(PLANS_PAGE).bind(after, limit).all<PlanRow>()).results.map(putPlan);
}

export async function findReleasePlan(db: Db, _: Principal, plan: string): Promise<PutPlan | null> {
  const row = await db.prepare(ONE_PLAN).bind(plan).first<PlanRow>();
  return row && putPlan(row);
}

export async function listReleases(db: Db, _: Principal, after: number, limit: number): Promise<ReleaseView[]> {
  return (await db.prepare(RELEASES_PAGE).bind(after, limit).all<ReleaseRow>()).results.map(released);
}

export async function findRelease(db: Db, _: Principal, plan: string, cohort: string): Promise<ReleaseView | null> {
  const row = await db.prepare(ONE_RELEASE).bind(plan, cohort).first<ReleaseRow>();
  return row && released(row);
}
