import { amountOf } from "@quasarix/shared/duplicate/cents.ts";
import type { Split } from "@quasarix/shared/duplicate/split-cost.ts";
import type { JointFacts } from "@quasarix/shared/policy/intended.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { OrgId } from "@quasarix/shared/wire/ids.ts";
import type { JointView, OperatorJoint } from "@quasarix/shared/wire/joints.ts";
import { BATCH_SIZE } from "./batches.ts";
import type { Db } from "./db.ts";

/** The terms of a plan that the platform stated last to one joiner. */
export interface StatedTerms {
  readonly statement: string;
  readonly plan: string;
  readonly org: OrgId;
  readonly site: string;
  readonly topics: string;
  readonly from: string;
  readonly until: string;
  readonly isOver: 0 | 1;
  readonly index: number;
  readonly admittedAt: number;
}

const NEWEST = `NOT EXISTS (SELECT 1 FROM joints AS n WHERE n.plan = j.plan AND n.org = j.org AND n.log_index > j.log_index)`;
const STATED = `SELECT j.statement, j.plan, j.org, j.site, j.topics, j.window_from AS "from", j.window_until AS until,
  j.is_over AS isOver, j.log_index AS "index", j.admitted_at AS admittedAt FROM joints AS j`;
const PLANS = "(SELECT value FROM json_each(?1))";

export const statedTerms = async (db: Db, plans: readonly string[]): Promise<StatedTerms[]> => {
  const rows = db.prepare(`${STATED} WHERE j.plan IN ${PLANS} AND ${NEWEST}`).bind(JSON.stringify(plans));
  return (await rows.all<StatedTerms>()).results;
};

/** Of plans whose terms were stated, who is in and whether the cost is recorded. */
export async function loadJointFacts(db: Db, plans: readonly string[]): Promise<ReadonlyMap<string, JointFacts>> {
  const costs = await costsOf(db, plans);
  const rows = Map.groupBy(await statedTerms(db, plans), ({ plan }) => plan);
  const facts = [...rows].map(([plan, terms]) => {
    const joiners = terms.filter(({ isOver }) => isOver === 0).map(({ org }) => org);
    return [plan, { joiners, isSettled: costs.has(plan) }] as const;
  });
  return new Map(facts);
}

/** As the secretariat recorded it. */
export interface Cost {
  readonly statement: string;
  readonly plan: string;
  readonly cents: number;
  readonly currency: string;
  readonly split: Split;
  readonly weights: string | null;
}

// Two that were recorded at once: the first in the log counts.
const FIRST_COST = `NOT EXISTS (SELECT 1 FROM joint_costs AS e WHERE e.plan = c.plan AND e.log_index < c.log_index)`;
const COSTS = `SELECT c.statement, c.plan, c.cents, c.currency, c.split, c.weights FROM joint_costs AS c`;

export async function costsOf(db: Db, plans: readonly string[]): Promise<ReadonlyMap<string, Cost>> {
  const rows = db.prepare(`${COSTS} WHERE c.plan IN ${PLANS} AND ${FIRST_COST}`).bind(JSON.stringify(plans));
  return new Map((await rows.all<Cost>()).results.map((one) => [one.plan, one]));
}

/** Recorded, and no share stated yet. */
export async function unsettledCosts(db: Db, _: SystemScope, limit: number): Promise<Cost[]> {
  const open = `${COSTS} WHERE ${FIRST_COST} AND NOT EXISTS (SELECT 1 FROM settlements AS s WHERE s.plan = c.plan)
    ORDER BY c.log_index LIMIT ?1`;
  return (await db.prepare(open).bind(limit).all<Cost>()).results;
}

type OwnRow = StatedTerms & {
  readonly settlement: string | null;
  readonly cents: number;
  readonly currency: string;
  readonly split: Split;
  readonly named: string | null;
};

/** Exported for the test of its plan. */
export const OWN = `SELECT own.*, s.statement AS settlement, s.cents, s.currency, s.split,
    (SELECT statement FROM joint_names AS y WHERE y.plan = own.plan AND y.org = ?1 AND y.revoked_by IS NULL
      ORDER BY y.log_index LIMIT 1) AS named
  FROM (${STATED} WHERE j.org = ?1 AND j.log_index > ?2 AND ${NEWEST}) AS own
  LEFT JOIN settlements AS s ON s.plan = own.plan AND s.org = ?1
  ORDER BY own."index" LIMIT ?3`;

// A yes that was taken back names nobody from that moment on; one that was given is heard with the batch.
export const YES = `SELECT y.plan, y.org FROM joint_names AS y
  WHERE y.plan IN ${PLANS} AND y.revoked_by IS NULL AND (y.org = ?2 OR y.log_index < ${BATCH_SIZE})`;

/** A joint audit of the asker's and its place in the log. */
export interface ListedJoint {
  readonly index: number;
  readonly view: JointView;
}

/** The asker's own, ascending by the place of their newest terms, from above `after`. */
export async function listJoints(db: Db, by: Principal, after: number, limit: number): Promise<ListedJoint[]> {
  const { results } = await db.prepare(OWN).bind(by.org, after, limit).all<OwnRow>();
  const plans = results.map(({ plan }) => plan);
  const yes = await db.prepare(YES).bind(JSON.stringify(plans), by.org).all<{ plan: string; org: string }>();
  const named = new Set(yes.results.map(({ plan, org }) => `${plan} ${org}`));
  const terms = Map.groupBy(await statedTerms(db, plans), ({ plan }) => plan);
  return results.map((row) => {
    const joiners = (terms.get(row.plan) ?? []).filter(({ isOver }) => isOver === 0).map(({ org }) => org);
    const isNamed = joiners.includes(by.org) && joiners.every((org) => named.has(`${row.plan} ${org}`));
    return { index: row.index, view: viewOf(row, isNamed ? joiners.filter((org) => org !== by.org).sort() : null) };
  });
}

const viewOf = (row: OwnRow, joiners: OrgId[] | null): JointView => ({
  plan: row.plan,
  site: row.site,
  from: row.from,
  until: row.until,
  topics: JSON.parse(row.topics) as string[],
  statement: row.statement,
  state: row.isOver === 1 ? "over" : "standing",
  share:
    row.settlement === null
      ? null
      : { statement: row.settlement, amount: amountOf(row.cents), currency: row.currency, split: row.split },
  named: row.named,
  joiners,
  admittedAt: row.admittedAt,
});

export interface ListedPlan {
  readonly index: number;
  readonly view: OperatorJoint;
}

/** Exported for the test of its plan. */
export const PAGE = `SELECT j.plan, j.log_index AS "index" FROM joints AS j
  WHERE j.log_index > ?1 AND NOT EXISTS (SELECT 1 FROM joints AS e WHERE e.plan = j.plan AND e.log_index < j.log_index)
  ORDER BY j.log_index LIMIT ?2`;
const SHARES = `SELECT plan, org, cents FROM settlements WHERE plan IN ${PLANS}`;

/** Every joint audit with its joiners: whoever sends the invoices has to know. Ascending by the place of the first terms. */
export async function listOperatorJoints(db: Db, _: SystemScope, after: number, limit: number): Promise<ListedPlan[]> {
  const page = (await db.prepare(PAGE).bind(after, limit).all<{ plan: string; index: number }>()).results;
  const plans = page.map(({ plan }) => plan);
  const terms = Map.groupBy(await statedTerms(db, plans), ({ plan }) => plan);
  const costs = await costsOf(db, plans);
  const shares = await db
    .prepare(SHARES)
    .bind(JSON.stringify(plans))
    .all<{ plan: string; org: string; cents: number }>();
  const shareOf = new Map(shares.results.map(({ plan, org, cents }) => [`${plan} ${org}`, amountOf(cents)]));
  return page.map(({ plan, index }) => {
    const all = terms.get(plan) ?? [];
    const standing = all.filter(({ isOver }) => isOver === 0);
    const [first] = standing.length > 0 ? standing : all;
    if (!first) throw new Error("a plan has no terms");
    const orgs = standing.map(({ org }) => org).sort();
    const joiners = orgs.map((org) => ({ org, share: shareOf.get(`${plan} ${org}`) ?? null }));
    const { site, from, until, topics } = first;
    return {
      index,
      view: {
        plan,
        site,
        from,
        until,
        topics: JSON.parse(topics) as string[],
        joiners,
        cost: costShown(costs.get(plan)),
      },
    };
  });
}

const costShown = (cost: Cost | undefined): OperatorJoint["cost"] =>
  cost ? { statement: cost.statement, amount: amountOf(cost.cents), currency: cost.currency, split: cost.split } : null;
