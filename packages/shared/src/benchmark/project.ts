import type { Logged } from "../statement/logged.ts";
import type { ReleaseClaims, ReleasePlanClaims, VoteClaims } from "./claims.ts";

interface Placed {
  readonly statement: string;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export interface ReleasePlanRow extends Placed {
  readonly plan: string;
  readonly profile: string;
  readonly series: readonly string[];
}

export interface VoteRow extends Placed {
  readonly org: string;
  readonly plan: string;
  readonly choice: string;
}

export interface ReleaseRow extends Placed {
  readonly plan: string;
  readonly cohort: string;
  /** JSON, as signed. */
  readonly claims: string;
}

const placed = ({ hash, index, admittedAt }: Logged): Placed => ({ statement: hash, logIndex: index, admittedAt });

export function projectReleasePlan(logged: Logged): ReleasePlanRow {
  const { plan, profile, series } = logged.claims as unknown as ReleasePlanClaims;
  return { plan, profile, series, ...placed(logged) };
}

export function projectVote(logged: Logged): VoteRow {
  const { on, choice } = logged.claims as unknown as VoteClaims;
  return { org: logged.claims.iss, plan: on, choice, ...placed(logged) };
}

export function projectRelease(logged: Logged): ReleaseRow {
  const own = logged.claims as unknown as ReleaseClaims;
  const { plan, cohort, series, file, commitment, inputs, votes, publishedAt } = own;
  const claims = JSON.stringify({ plan, cohort, series, file, commitment, inputs, votes, publishedAt });
  return { plan, cohort, claims, ...placed(logged) };
}
