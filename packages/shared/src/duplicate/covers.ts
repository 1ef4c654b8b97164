import { CATALOGUE, type Catalogue } from "../audit/scheme/catalogue.ts";
import { isTopic, type Topic } from "../audit/scheme/topic.ts";
import { type AcceptancePolicy, PROVENANCES_ACCEPTED } from "./acceptance.ts";
import { type AuditForEvaluation, evaluate } from "./evaluate.ts";
import { weightOf } from "./reasons.ts";

/** What somebody needs an audit for, where no acceptance policy says it. */
export interface Need {
  /** Empty: any scheme. */
  readonly schemes: readonly string[];
  /** Our codes; others are needs that nothing is known to cover. */
  readonly topics: readonly string[];
  readonly maxAgeMonths?: number | undefined;
}

/** Valid today, of whatever scheme: what is asked where nothing else is. */
export const ANY_NEED: Need = { schemes: [], topics: [] };

export interface Cover {
  /** *partly*: usable, with something missing or not known. */
  readonly covers: "yes" | "partly" | "no";
  /** Its time has run out, and nothing else stands against it. */
  readonly isExpired: boolean;
  readonly missing: readonly string[];
  /** The last day on which it holds. */
  readonly until: string | null;
}

const AGE = ["too-old", "expired"];

const isPolicy = (need: AcceptancePolicy | Need): need is AcceptancePolicy => "provenances" in need;

function policyOf(need: Need, topics: readonly Topic[]): AcceptancePolicy {
  return {
    name: "need",
    schemes: need.schemes.map((scheme) => ({ scheme })),
    others: need.schemes.length === 0 ? "by-topics" : "refused",
    topics: [...topics],
    ...(need.maxAgeMonths === undefined ? {} : { maxAgeMonths: need.maxAgeMonths }),
    provenances: [...PROVENANCES_ACCEPTED],
  };
}

/**
 * By existence facts alone, whatever else the audit holds: what discovery may say. Says neither which audit nor whose.
 * `today`: YYYY-MM-DD.
 */
export function covers(
  need: AcceptancePolicy | Need,
  audit: AuditForEvaluation,
  today: string,
  catalogue: Catalogue = CATALOGUE,
): Cover {
  const foreign = isPolicy(need) ? [] : need.topics.filter((topic) => !isTopic(topic) && !audit.topics.includes(topic));
  const policy = isPolicy(need) ? need : policyOf(need, [...new Set(need.topics.filter(isTopic))]);
  const existence = { ...audit, result: undefined, findings: undefined };
  const { verdict, reasons, missingTopics, until } = evaluate(policy, existence, today, catalogue);
  const rejecting = reasons.filter((reason) => weightOf(reason) === "rejects");
  const missing = [...missingTopics, ...foreign];
  const isWhole = verdict === "accept" && missing.length === 0;
  return {
    covers: verdict === "reject" ? "no" : isWhole ? "yes" : "partly",
    isExpired: rejecting.length > 0 && rejecting.every(({ code }) => AGE.includes(code)),
    missing,
    until,
  };
}
