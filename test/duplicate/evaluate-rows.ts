import type { Scheme } from "@quasarix/shared/audit/scheme/scheme.ts";
import type { Verdict } from "@quasarix/shared/duplicate/evaluate.ts";
import type { ReasonCode } from "@quasarix/shared/duplicate/reasons.ts";
import {
  anyScheme,
  byTopic,
  type Change,
  critical,
  depends,
  isRecalled,
  lineOf,
  SA8000,
  SMETA,
  TOPICS,
  withMinimum,
  worstOf,
} from "./evaluate-world.ts";

export interface Rule {
  /** As one would say it aloud. */
  readonly rule: string;
  /** Null: the rule does not speak of this scheme. */
  readonly change: (scheme: Scheme) => Change | null;
  readonly verdict: Verdict;
  readonly codes: readonly ReasonCode[];
}

export const RULES: readonly Rule[] = [
  { rule: "meets every point", change: () => ({}), verdict: "accept", codes: ["meets-policy"] },
  {
    rule: "of a scheme that the policy does not name",
    change: ({ id }) => ({ policy: { schemes: [{ scheme: id === SMETA ? SA8000 : SMETA }] } }),
    verdict: "reject",
    codes: ["scheme-not-accepted"],
  },
  {
    rule: "of a version that the policy does not take",
    change: ({ id }) => ({ policy: { schemes: [{ scheme: id, versions: ["0.9"] }] } }),
    verdict: "reject",
    codes: ["version-not-accepted"],
  },
  {
    rule: "does not say its version",
    change: ({ id, versions }) => ({
      policy: { schemes: [{ scheme: id, versions: versions.slice(-1) }] },
      audit: { schemeVersion: "unknown" },
    }),
    verdict: "accept-with-gaps",
    codes: ["version-not-stated"],
  },
  {
    rule: "begins tomorrow",
    change: () => ({ audit: { auditFrom: "2026-11-23" } }),
    verdict: "reject",
    codes: ["not-held-yet"],
  },
  {
    rule: "is older than the policy takes",
    change: () => ({ policy: { maxAgeMonths: 3 } }),
    verdict: "reject",
    codes: ["too-old"],
  },
  {
    rule: "has run out by its own report",
    change: () => ({ audit: { validUntil: "2026-11-21" } }),
    verdict: "reject",
    codes: ["expired"],
  },
  {
    rule: "has run out by its scheme",
    change: () => ({ audit: { auditFrom: "2022-03-31" } }),
    verdict: "reject",
    codes: ["expired"],
  },
  {
    rule: "may have run out, by a result and findings that are not open",
    change: (scheme) =>
      depends(scheme) ? { audit: { auditFrom: "2025-03-31", result: undefined, findings: undefined } } : null,
    verdict: "accept-with-gaps",
    codes: ["validity-open"],
  },
  {
    rule: "has a result of which the scheme says no validity",
    change: (scheme) => (scheme.name === "amfori BSCI" ? { audit: { result: worstOf(scheme) } } : null),
    verdict: "accept-with-gaps",
    codes: ["validity-not-known"],
  },
  {
    rule: "was announced in a way that the policy does not take",
    change: () => ({ policy: { announcements: ["unannounced"] } }),
    verdict: "reject",
    codes: ["announcement-not-accepted"],
  },
  {
    rule: "does not say how it was announced",
    change: () => ({ policy: { announcements: ["unannounced"] }, audit: { announcement: "unknown" } }),
    verdict: "accept-with-gaps",
    codes: ["announcement-not-stated"],
  },
  {
    rule: "has an auditor of another accreditation",
    change: () => ({ policy: { accreditations: ["SAAS", "IRCA"] } }),
    verdict: "reject",
    codes: ["accreditation-not-accepted"],
  },
  {
    rule: "names no accreditation",
    change: () => ({ policy: { accreditations: ["APSCA"] }, audit: { accreditation: null } }),
    verdict: "accept-with-gaps",
    codes: ["accreditation-not-stated"],
  },
  {
    rule: "is only listed",
    change: () => ({ audit: { provenance: "listed" } }),
    verdict: "reject",
    codes: ["provenance-not-accepted"],
  },
  {
    rule: "is only listed, which the policy takes",
    change: () => ({ policy: { provenances: ["listed"] }, audit: { provenance: "listed" } }),
    verdict: "accept",
    codes: ["meets-policy"],
  },
  {
    rule: "has a result below the minimum",
    // Of WRAP the worst level is over by now; of amfori BSCI no validity is known.
    change: (scheme) =>
      depends(scheme) && scheme.name !== "TfS" ? null : withMinimum(scheme, { result: worstOf(scheme) }),
    verdict: "reject",
    codes: ["result-below"],
  },
  {
    rule: "has a grade below the minimum",
    change: (scheme) => {
      const scale = scheme.scales[0];
      if (scale?.kind !== "grades") return null;
      return withMinimum(scheme, { result: { scale: scale.id, value: scale.worstFirst.at(-2) as string } });
    },
    verdict: "reject",
    codes: ["result-below"],
  },
  {
    rule: "has a result on another scale",
    change: (scheme) => {
      const change = withMinimum(scheme, { result: { scale: "percent", value: 99 } });
      return change && { ...change, audit: { ...change.audit, validUntil: "2027-01-01" } };
    },
    verdict: "accept-with-gaps",
    codes: ["result-not-comparable"],
  },
  {
    rule: "has no overall result",
    change: (scheme) => withMinimum(scheme, { result: null, validUntil: "2027-01-01" }),
    verdict: "accept-with-gaps",
    codes: ["result-not-stated"],
  },
  {
    rule: "has scores that are not open",
    change: (scheme) => withMinimum(scheme, { result: undefined }),
    verdict: "accept-with-gaps",
    codes: ["result-not-open"],
  },
  {
    rule: "has an open critical finding",
    change: ({ name }) =>
      name === "TfS" ? null : { policy: { excludes: critical }, audit: { findings: [{ level: 4, isClosed: false }] } },
    verdict: "reject",
    codes: ["finding-excluded"],
  },
  {
    rule: "has an open critical finding, which ends its validity too",
    change: ({ name }) =>
      name === "TfS" ? { policy: { excludes: critical }, audit: { findings: [{ level: 4, isClosed: false }] } } : null,
    verdict: "reject",
    codes: ["expired", "finding-excluded"],
  },
  {
    rule: "has a critical finding that is closed",
    change: () => ({ policy: { excludes: critical }, audit: { findings: [{ level: 5, isClosed: true }] } }),
    verdict: "accept",
    codes: ["meets-policy"],
  },
  {
    rule: "has a critical finding that is closed, and the policy forgives none",
    change: () => ({
      policy: { excludes: { severity: "critical", closed: "counts-too" } },
      audit: { findings: [{ level: 4, isClosed: true }] },
    }),
    verdict: "reject",
    codes: ["finding-excluded"],
  },
  {
    rule: "has an open finding without a severity",
    change: () => ({ policy: { excludes: critical }, audit: { findings: [{ level: null, isClosed: false }] } }),
    verdict: "accept-with-gaps",
    codes: ["finding-without-severity"],
  },
  {
    rule: "has no list of findings",
    change: ({ name }) => (name === "TfS" ? null : { policy: { excludes: critical }, audit: { findings: null } }),
    verdict: "accept-with-gaps",
    codes: ["findings-not-stated"],
  },
  {
    rule: "has findings that are not open",
    change: ({ name }) => (name === "TfS" ? null : { policy: { excludes: critical }, audit: { findings: undefined } }),
    verdict: "accept-with-gaps",
    codes: ["findings-not-open"],
  },
  {
    rule: "does not cover a topic",
    change: () => ({ policy: { topics: [...TOPICS, "security"] } }),
    verdict: "accept-with-gaps",
    codes: ["topics-missing"],
  },
  {
    rule: "covers a topic by a clause with a source",
    change: (scheme) =>
      byTopic(
        lineOf(scheme, ({ clause }) => clause !== undefined),
        {},
      ),
    verdict: "accept",
    codes: ["meets-policy"],
  },
  {
    rule: "covers a topic by a recalled line",
    change: (scheme) => byTopic(lineOf(scheme, isRecalled(scheme)), {}),
    verdict: "accept-with-gaps",
    codes: ["topics-recalled"],
  },
  {
    rule: "stands in for another scheme by a clause with a source",
    change: (scheme) =>
      byTopic(
        lineOf(scheme, ({ clause }) => clause !== undefined),
        anyScheme,
      ),
    verdict: "accept",
    codes: ["meets-policy"],
  },
  {
    rule: "stands in for another scheme by a recalled line",
    change: (scheme) => byTopic(lineOf(scheme, isRecalled(scheme)), anyScheme),
    verdict: "accept-with-gaps",
    codes: ["topics-recalled"],
  },
];
