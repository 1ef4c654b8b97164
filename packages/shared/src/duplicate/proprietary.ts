import { isPublicScheme } from "../audit/scheme/catalogue.ts";
import { isTopic } from "../audit/scheme/topic.ts";
import type { AuditForEvaluation } from "./evaluate.ts";

/** What others are told of a scheme or topic outside the public catalogue: its owner is known by it. */
export const PROPRIETARY = "proprietary";

/** Whoever asks by name for a scheme that is not public finds nothing of others: the answer would name its owner. */
export const schemeShown = (scheme: string): string => (isPublicScheme(scheme) ? scheme : PROPRIETARY);

/** Sorted, each once. */
export const schemesShown = (schemes: readonly string[]): string[] => [...new Set(schemes.map(schemeShown))].sort();

/** Sorted, each once. */
export const topicsShown = (topics: readonly string[]): string[] =>
  [...new Set(topics.map((topic) => (isTopic(topic) ? topic : PROPRIETARY)))].sort();

/** An audit as it is compared with a need: one's own as it is, another's as far as it may be told of. */
export const asHeard = <T extends AuditForEvaluation & { readonly own: boolean }>(audit: T): T =>
  audit.own ? audit : { ...audit, scheme: schemeShown(audit.scheme), topics: topicsShown(audit.topics) };
