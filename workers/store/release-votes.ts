import type { Elector, Vote } from "@quasarix/shared/benchmark/adoption.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";

/** Exported for the test of its plan. */
export const VOTES = `SELECT org, choice, statement, log_index AS logIndex, admitted_at AS admittedAt FROM votes
  WHERE plan = ?1 ORDER BY log_index`;

/** Every vote on a plan, in the order of the log. */
export const votesOn = async (db: Db, _: SystemScope, plan: string): Promise<Vote[]> =>
  (await db.prepare(VOTES).bind(plan).all<Vote>()).results;

const ELECTORS = "SELECT id AS org, log_index AS \"index\", suspended FROM organisations WHERE kind = 'member'";

/** Every member that was ever admitted. */
export async function electors(db: Db, _: SystemScope): Promise<(Elector & { readonly isActive: boolean })[]> {
  const { results } = await db.prepare(ELECTORS).all<Elector & { suspended: 0 | 1 }>();
  return results.map(({ suspended, ...one }) => ({ ...one, isActive: suspended === 0 }));
}

const PUT = "SELECT 1 FROM release_plans WHERE plan = ?1 LIMIT 1";

/** Whether the operator put this plan to the vote. */
export const isPut = async (db: Db, _: SystemScope, plan: string): Promise<boolean> =>
  (await db.prepare(PUT).bind(plan).first()) !== null;

const RELEASED = "SELECT 1 FROM releases WHERE plan = ?1 AND cohort = ?2";

export const isReleased = async (db: Db, _: SystemScope, plan: string, cohort: string): Promise<boolean> =>
  (await db.prepare(RELEASED).bind(plan, cohort).first()) !== null;
