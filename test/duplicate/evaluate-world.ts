import { CATALOGUE } from "@quasarix/shared/audit/scheme/catalogue.ts";
import type { CrosswalkLine } from "@quasarix/shared/audit/scheme/crosswalk.ts";
import type { Scheme } from "@quasarix/shared/audit/scheme/scheme.ts";
import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import type { AuditForEvaluation } from "@quasarix/shared/duplicate/evaluate.ts";

export const TODAY = "2026-11-22";
export const TOPICS = ["health-and-safety", "energy"] as const;

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

export function worstOf({ scales: [scale] }: Scheme): { scale: string; value: string | number } | null {
  if (!scale) return null;
  return { scale: scale.id, value: scale.kind === "grades" ? (scale.worstFirst[0] as string) : scale.least };
}

/** What a rule changes of the fitting policy and audit. */
export interface Change {
  readonly policy?: Partial<AcceptancePolicy>;
  readonly audit?: Partial<AuditForEvaluation>;
}

export const SMETA = "urn:quasarix:scheme:smeta";
export const SA8000 = "urn:quasarix:scheme:sa8000";
export const critical = { severity: "critical", closed: "forgiven" } as const;

/** Of the newest version, in every audit. */
export const lineOf = (scheme: Scheme, isIt: (line: CrosswalkLine) => boolean): CrosswalkLine | undefined =>
  CATALOGUE.lines.find(
    (line) =>
      line.scheme === scheme.id && line.version === fittingAudit(scheme).schemeVersion && !line.only && isIt(line),
  );

/** Only where a minimum can be asked for. */
export const withMinimum = (scheme: Scheme, audit: Partial<AuditForEvaluation>): Change | null => {
  const minimum = bestOf(scheme);
  return minimum && { policy: { schemes: [{ scheme: scheme.id, minimum }] }, audit };
};

export const byTopic = (line: CrosswalkLine | undefined, policy: Partial<AcceptancePolicy>): Change | null =>
  line ? { policy: { ...policy, topics: [line.topic] }, audit: { topics: [] } } : null;

export const isRecalled = (scheme: Scheme) => (line: CrosswalkLine) =>
  line.recalled === true && !lineOf(scheme, (other) => other.topic === line.topic && other.recalled === undefined);

export const depends = ({ validity }: Scheme) => validity.some((rule) => rule.result || rule.finding);
export const anyScheme: Partial<AcceptancePolicy> = { schemes: [], others: "by-topics" };
