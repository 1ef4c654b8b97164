import { CATALOGUE } from "@quasarix/shared/audit/scheme/catalogue.ts";
import type { CrosswalkLine } from "@quasarix/shared/audit/scheme/crosswalk.ts";
import type { Scheme } from "@quasarix/shared/audit/scheme/scheme.ts";
import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import type { AuditForEvaluation, Verdict } from "@quasarix/shared/duplicate/evaluate.ts";
import type { ReasonCode } from "@quasarix/shared/duplicate/reasons.ts";

export const TODAY = "2026-11-22";
const TOPICS = ["health-and-safety", "energy"] as const;

/** What the rows change: a policy that takes this scheme, and an audit that meets it. */
export const fittingPolicy = (scheme: string): AcceptancePolicy => ({
  name: "Test",
  schemes: [{ scheme }],
  others: "refused",
  topics: [...TOPICS],
  provenances: ["auditor-signed"],
});

export const fittingAudit = (scheme: Scheme): AuditForEvaluation => ({
  scheme: scheme.id,
  schemeVersion: scheme.versions.at(-1) as string,
  auditFrom: "2026-06-15",
  validUntil: null,
  announcement: "semi-announced",
  topics: [...TOPICS],
  accreditation: "APSCA",
  provenance: "auditor-signed",
  result: bestOf(scheme),
  findings: [],
});

function bestOf({ scales: [scale] }: Scheme): { scale: string; value: string | number } | null {
  if (!scale) return null;
  return { scale: scale.id, value: scale.kind === "grades" ? (scale.worstFirst.at(-1) as string) : scale.most };
}

function worstOf({ scales: [scale] }: Scheme): { scale: string; value: string | number } | null {
  if (!scale) return null;
  return { scale: scale.id, value: scale.kind === "grades" ? (scale.worstFirst[0] as string) : scale.least };
}

interface Change {
  readonly policy?: Partial<AcceptancePolicy>;
  readonly audit?: Partial<AuditForEvaluation>;
}

export interface Rule {
  /** As one would say it aloud. */
  readonly rule: string;
  /** Null: the rule does not speak of this scheme. */
  readonly change: (scheme: Scheme) => Change | null;
  readonly verdict: Verdict;
  readonly codes: readonly ReasonCode[];
}

const SMETA = "urn:quasarix:scheme:smeta";
const SA8000 = "urn:quasarix:scheme:sa8000";
const critical = { severity: "critical", closed: "forgiven" } as const;

/** Of the newest version, in every audit. */
const lineOf = (scheme: Scheme, isIt: (line: CrosswalkLine) => boolean): CrosswalkLine | undefined =>
  CATALOGUE.lines.find(
    (line) =>
      line.scheme === scheme.id && line.version === fittingAudit(scheme).schemeVersion && !line.only && isIt(line),
  );

/** Only where a minimum can be asked for. */
const withMinimum = (scheme: Scheme, audit: Partial<AuditForEvaluation>): Change | null => {
  const minimum = bestOf(scheme);
  return minimum && { policy: { schemes: [{ scheme: scheme.id, minimum }] }, audit };
};

const byTopic = (line: CrosswalkLine | undefined, policy: Partial<AcceptancePolicy>): Change | null =>
  line ? { policy: { ...policy, topics: [line.topic] }, audit: { topics: [] } } : null;

const isRecalled = (scheme: Scheme) => (line: CrosswalkLine) =>
  line.recalled === true && !lineOf(scheme, (other) => other.topic === line.topic && other.recalled === undefined);

const depends = ({ validity }: Scheme) => validity.some((rule) => rule.result || rule.finding);
const anyScheme: Partial<AcceptancePolicy> = { schemes: [], others: "by-topics" };

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
