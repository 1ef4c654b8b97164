import type { Bytes } from "../bytes.ts";
import type { Result } from "../result.ts";
import type { ProposalRefusal } from "./proposal-refusal.ts";

/** Which series a plan has: the quarterly and the yearly one together are `both`. */
export const PLAN_KINDS = ["quarter", "year", "both", "founding"] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

/** What a plan is asked for. Nothing in it, nor in what it is built from, is a score. */
export interface ProposalAsk {
  readonly kind: PlanKind;
  /** The weightiest first: a quarterly series takes the first ten. Absent: the newest framework's, then findings and remediation. */
  readonly metrics?: readonly string[] | undefined;
  /** The first cohort, as `2026-Q4` or `2026`; absent: the present one. A founding plan has no choice. */
  readonly from?: string | undefined;
  /** Unix seconds, of a founding plan: by when a majority has to have voted yes. */
  readonly commitBy?: number | undefined;
  /** Organisations that may re-run the releases with their secrets. */
  readonly auditors?: readonly string[] | undefined;
  /** A refusal tells members nothing that is not public. */
  readonly isOperator: boolean;
  /** Keeps nothing: what the plan would look like. */
  readonly dryRun: boolean;
}

/** What a cell's figures would be worth, in words; never from how many. */
export interface CellSays {
  readonly series: string;
  /** The cell's path. */
  readonly cell: string;
  readonly says: string;
}

export interface Proposed {
  /** SHA-256 of the file, b64url. */
  readonly plan: string;
  readonly file: Bytes;
  readonly utility: readonly CellSays[];
}

/** Where the files lie, each written once. */
export const planFileKey = (plan: string): string => `plans/${plan}.json`;
export const releaseFileKey = (plan: string, cohort: string): string => `releases/${plan}/${cohort}.json`;

export type CohortPhase = "open" | "closed" | "published";

/** Where a plan stands, as the object that runs it says. */
export interface PlanState {
  readonly plan: string;
  /** `lapsed` too: a plan adopted before it looks at some of its days in the same way. */
  readonly state: "open" | "adopted" | "lapsed";
  /** Of the plan's electorate. */
  readonly yes: number;
  readonly no: number;
  readonly needed: number;
  /** Unix seconds. */
  readonly commitBy: number;
  readonly cohorts: readonly {
    readonly cohort: string;
    readonly series: string;
    readonly phase: CohortPhase;
    readonly cutoff: number;
    readonly notBefore: number;
  }[];
}

/** RPC surface of the object that builds plans and releases, one per consortium. */
export interface Releasing {
  /** Sees to it that the alarm is set where something is due; harmless at any time. */
  wake(): Promise<void>;
  propose(ask: ProposalAsk): Promise<Result<Proposed, ProposalRefusal>>;
  /** In the order asked; null of a plan that was not proposed here. */
  states(plans: readonly string[]): Promise<readonly (PlanState | null)[]>;
  /** The auditor's package of a published cohort, JSON Lines; null: there is none. */
  inputs(plan: string, cohort: string): Promise<ReadableStream<Uint8Array> | null>;
}
