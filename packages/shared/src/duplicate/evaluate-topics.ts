import { coverage } from "../audit/scheme/coverage.ts";
import type { Topic } from "../audit/scheme/topic.ts";
import type { Case } from "./evaluate.ts";
import type { Reason } from "./reasons.ts";

export interface Covered {
  readonly reasons: readonly Reason[];
  readonly missing: readonly Topic[];
}

/** A topic that only a recalled line gives to a scheme is a gap: nobody could check it (FIELD 2, clause-level equivalence). */
export function topics({ policy, audit, catalogue, scheme }: Case): Covered {
  const covered = coverage(catalogue, audit);
  const missing = policy.topics.filter((topic) => !covered.has(topic));
  const recalled = policy.topics.filter((topic) => covered.get(topic) === "recalled");
  const reasons: Reason[] = [];
  if (missing.length > 0) reasons.push({ code: "topics-missing", topics: missing });
  if (recalled.length > 0) reasons.push({ code: "topics-recalled", topics: recalled, scheme });
  return { reasons, missing: policy.topics.filter((topic) => missing.includes(topic) || recalled.includes(topic)) };
}
