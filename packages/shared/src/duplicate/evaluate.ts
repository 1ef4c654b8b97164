import { CATALOGUE, type Catalogue, schemeName } from "../audit/scheme/catalogue.ts";
import type { Result } from "../audit/scheme/result.ts";
import type { Topic } from "../audit/scheme/topic.ts";
import type { AcceptancePolicy } from "./acceptance.ts";
import { age } from "./evaluate-age.ts";
import { findings, result } from "./evaluate-content.ts";
import { accreditation, announcement, provenance, schemeAndVersion } from "./evaluate-existence.ts";
import { topics } from "./evaluate-topics.ts";
import { type Reason, weightOf } from "./reasons.ts";

/** A finding, as far as a policy asks of it. */
export interface FindingForEvaluation {
  /** Null where its scheme gives no level. */
  readonly level: number | null;
  /** Only where the report says so. */
  readonly isClosed: boolean;
}

/** Existence facts, and what else is open to the asker. Days as YYYY-MM-DD. */
export interface AuditForEvaluation {
  readonly scheme: string;
  readonly schemeVersion: string;
  readonly auditFrom: string;
  readonly validUntil: string | null;
  readonly announcement: string;
  /** Our codes or clauses of the scheme; empty: the audit states none. */
  readonly topics: readonly string[];
  /** The accrediting body. */
  readonly accreditation: string | null;
  readonly provenance: string;
  /** Undefined: not open to the asker. Null: there is none in the report. */
  readonly result?: Result | null | undefined;
  readonly findings?: readonly FindingForEvaluation[] | null | undefined;
}

/** What every point of a policy is asked with. */
export interface Case {
  readonly policy: AcceptancePolicy;
  readonly audit: AuditForEvaluation;
  readonly catalogue: Catalogue;
  /** The scheme's name, for people. */
  readonly scheme: string;
  readonly today: string;
}

export type Verdict = "accept" | "accept-with-gaps" | "reject";

export interface Evaluation {
  readonly verdict: Verdict;
  /** Never empty; in the order of the policy's points. */
  readonly reasons: readonly Reason[];
  /** Needed, and not shown to be covered; those of recalled lines too. */
  readonly missingTopics: readonly Topic[];
  /** The last day on which it holds; null: rejected, or nothing says. */
  readonly until: string | null;
  /** Could a grant of scores and findings still change it? */
  readonly isOpen: boolean;
}

/**
 * Does this audit do in place of one's own (DESIGN 9)? Whatever the asker was not granted is left undefined and never
 * rejects. The same facts give the same answer to supplier and buyer.
 */
export function evaluate(
  policy: AcceptancePolicy,
  audit: AuditForEvaluation,
  today: string,
  catalogue: Catalogue = CATALOGUE,
): Evaluation {
  const one: Case = { policy, audit, catalogue, scheme: schemeName(catalogue, audit.scheme), today };
  const aged = age(one);
  const covered = topics(one);
  const found: Reason[] = [
    ...schemeAndVersion(one),
    ...aged.reasons,
    ...announcement(one),
    ...accreditation(one),
    ...provenance(one),
    ...result(one),
    ...findings(one),
    ...covered.reasons,
  ];
  const verdict = verdictOf(found);
  const until = verdict === "reject" ? null : aged.until;
  return {
    verdict,
    reasons: verdict === "accept" ? [{ code: "meets-policy", until }] : found,
    missingTopics: covered.missing,
    until,
    isOpen: verdict !== "reject" && found.some((reason) => weightOf(reason) === "open"),
  };
}

function verdictOf(reasons: readonly Reason[]): Verdict {
  const weights = reasons.map(weightOf);
  if (weights.includes("rejects")) return "reject";
  return weights.length > 0 ? "accept-with-gaps" : "accept";
}
