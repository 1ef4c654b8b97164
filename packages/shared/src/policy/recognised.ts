import type { StatementId } from "../wire/ids.ts";
import { decide } from "./decide.ts";
import type { AuditFacts } from "./facts.ts";
import type { Principal } from "./principal.ts";
import { PURPOSES, type Purpose } from "./purposes.ts";

/** What one member's recognitions are measured by. */
export interface RecognisedFacts {
  /** Of the audits that it names: those of others that are open to it by a grant or a pool. */
  readonly open: ReadonlySet<StatementId>;
  /** Its recognitions that stand, by `recognitionKey`. */
  readonly standing: ReadonlyMap<string, StatementId>;
}

/** Of a batch without recognitions. */
export const NOTHING_RECOGNISED: RecognisedFacts = { open: new Set(), standing: new Map() };

/** One audit stands in place of one audit of a member's under a scheme, not of two. */
export const recognitionKey = (audit: string, scheme: string): string => `${audit} ${scheme}`;

/** What a member holds by a right of its own it paid for: no audit of its own was avoided by that. */
export const opensByGrant = (facts: AuditFacts, principal: Principal, now: number): boolean =>
  (Object.keys(PURPOSES) as Purpose[]).some((purpose) => {
    const ask = { principal, purpose, sections: ["existence" as const], asSubmitter: false };
    return facts.submitter !== principal.org && decide(facts, ask, now).scope?.receipt.standing === "grant";
  });
