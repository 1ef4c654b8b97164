import * as z from "zod";
import { isoDate } from "../audit/date.ts";
import { codeText } from "../registry/text.ts";
import type { Logged } from "../statement/logged.ts";
import { hashText, orgId, siteId } from "../wire/ids.ts";
import { amount, centsOf, currency } from "./cents.ts";
import type { Intent } from "./plan.ts";
import { type Part, SPLITS, type Split } from "./split-cost.ts";

/**
 * What the platform states of a joint audit, in each joiner's own dossier; the newest of a plan counts. Not who joined nor
 * how many, and no cost before `settlement`. `over`: too few are left, or this joiner withdrew.
 */
export const jointTerms = z.strictObject({
  plan: hashText,
  site: siteId,
  from: isoDate,
  until: isoDate,
  topics: z.array(codeText).max(2_000),
  over: z.literal(true).optional(),
});
export type JointTerms = z.infer<typeof jointTerms>;

/**
 * In the operator's dossier beside each round of terms and settlements, so that the number of entries is a power of two
 * and does not tell a joiner how many were written to.
 */
export const jointBlank = z.strictObject({ blank: z.literal(true) });

/** A joiner's yes to being named to the other joiners, in its own dossier; ended by `revoke`. */
export const jointNames = z.strictObject({ plan: hashText, names: z.literal(true) });

/** What the secretariat records in its own dossier: what the audit cost, and how that is split. */
export const jointCost = z
  .strictObject({
    plan: hashText,
    cost: z.strictObject({ amount, currency }),
    split: z.enum(SPLITS),
    /** By joiner, where the split is by weights. */
    weights: z.record(orgId, z.int().min(1).max(1_000_000)).optional(),
  })
  .refine((it) => (it.split === "weights") === (it.weights !== undefined), {
    error: "are there with a split by weights, and only then",
    path: ["weights"],
  });
export type JointCost = z.infer<typeof jointCost>;

/** One joiner's own share, in its own dossier; never the cost, from which the share would tell how many joined. */
export const settlementClaims = z.strictObject({
  plan: hashText,
  share: z.strictObject({ amount, currency }),
  split: z.enum(SPLITS),
});
export type SettlementClaims = z.infer<typeof settlementClaims>;

export interface JointRow {
  readonly statement: string;
  readonly plan: string;
  readonly org: string;
  readonly site: string;
  readonly topics: readonly string[];
  readonly windowFrom: string;
  readonly windowUntil: string;
  readonly isOver: 0 | 1;
  readonly logIndex: number;
  readonly admittedAt: number;
}

/** Of the platform's terms, one row; of what else a `joint` says, none. */
export function projectJoint({ claims, hash, index, admittedAt }: Logged): JointRow[] {
  if (typeof claims["site"] !== "string") return [];
  const { plan, site, topics, from, until, over } = claims as unknown as JointTerms;
  const window = { windowFrom: from, windowUntil: until, isOver: over ? (1 as const) : (0 as const) };
  return [{ statement: hash, plan, org: claims.sub, site, topics, ...window, logIndex: index, admittedAt }];
}

export interface JointNamesRow {
  readonly statement: string;
  readonly plan: string;
  readonly org: string;
  readonly logIndex: number;
}

export interface JointCostRow {
  readonly statement: string;
  readonly plan: string;
  readonly cents: number;
  readonly currency: string;
  readonly split: Split;
  /** JSON; null but for a split by weights. */
  readonly weights: Readonly<Record<string, number>> | null;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export const isNames = ({ claims }: Pick<Logged, "claims">): boolean => claims["names"] === true;
export const isCost = ({ claims }: Pick<Logged, "claims">): boolean => claims["cost"] !== undefined;

export const projectNames = ({ claims, hash, index }: Logged): JointNamesRow => ({
  statement: hash,
  plan: claims["plan"] as string,
  org: claims.iss,
  logIndex: index,
});

export function projectCost({ claims, hash, index, admittedAt }: Logged): JointCostRow {
  const { plan, cost, split, weights = null } = claims as unknown as JointCost;
  const sum = { cents: centsOf(cost.amount), currency: cost.currency };
  return { statement: hash, plan, ...sum, split, weights, logIndex: index, admittedAt };
}

export interface SettlementRow {
  readonly statement: string;
  readonly plan: string;
  readonly org: string;
  readonly cents: number;
  readonly currency: string;
  readonly split: Split;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export function projectSettlement({ claims, hash, index, admittedAt }: Logged): SettlementRow {
  const { plan, share, split } = claims as unknown as SettlementClaims;
  const sum = { cents: centsOf(share.amount), currency: share.currency };
  return { statement: hash, plan, org: claims.sub, ...sum, split, logIndex: index, admittedAt };
}

/** Each joiner's part by the recorded split; by topics, whoever named none needs all of them. */
export function partsOf(
  { joiners, topics: all }: { readonly joiners: readonly Intent[]; readonly topics: readonly string[] },
  { split, weights }: Pick<JointCost, "split" | "weights">,
): Part[] {
  const weightOf = (org: string, topics: readonly string[]): number => {
    if (split === "equal") return 1;
    if (split === "topics") return topics.length || all.length || 1;
    const weight = weights?.[org];
    if (weight === undefined) throw new Error("a joiner has no weight");
    return weight;
  };
  return joiners.map(({ hash, org, topics }) => ({ id: hash, weight: weightOf(org, topics) }));
}

/** How many entries a round has: the next power of two, at least eight. */
export function paddedRound(statements: number): number {
  let entries = 8;
  while (entries < statements) entries *= 2;
  return entries;
}
