import type { AuditContent } from "@quasarix/shared/audit/content.ts";
import { existence } from "@quasarix/shared/audit/existence.ts";
import type { Catalogue } from "@quasarix/shared/audit/scheme/catalogue.ts";
import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import { type AuditForEvaluation, type Evaluation, evaluate } from "@quasarix/shared/duplicate/evaluate.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { AuditSummary } from "@quasarix/shared/wire/sharing.ts";
import { type OpenedAudit, readAudit } from "./audit-view.ts";
import type { Client } from "./client.ts";
import { type Answer, broken } from "./refusal.ts";
import { all } from "./routes.ts";

/** By what an audit is measured, and on what day. */
export interface Measure {
  readonly policy: AcceptancePolicy;
  readonly catalogue: Catalogue;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly purpose: Purpose;
  /** Reads no scores and findings, though they may be open: the supplier sees no reading then. */
  readonly existenceOnly: boolean;
}

export interface EvaluatedAudit {
  readonly audit: string;
  readonly facts: AuditForEvaluation;
  /** The sections that it rests on. */
  readonly basis: readonly AuditSection[];
  readonly evaluation: Evaluation;
}

const CONTENT = ["scores", "findings"] as const;

/** Every audit of a facility whose existence is open, under whatever id of a merged site it was filed. What is open beyond it is read, verified, and leaves a receipt. */
export async function evaluateSite(client: Client, site: string, by: Measure): Promise<Answer<EvaluatedAudit[]>> {
  const { purpose } = by;
  const open = await all((cursor) => client.routes.audits({ cursor, limit: 100, purpose, site, merged: "with" }));
  if (!open.ok) return open;
  const evaluated: EvaluatedAudit[] = [];
  for (const summary of open.value) {
    const more = by.existenceOnly ? [] : CONTENT.filter((name) => summary.sections.includes(name));
    const one =
      more.length > 0
        ? await evaluateRead(client, summary.audit, ["existence", ...more], by)
        : ok(evaluatedOf(summary.audit, factsListed(summary), ["existence"], by));
    if (!one.ok) return one;
    evaluated.push(one.value);
  }
  return ok(evaluated);
}

/** One audit, from a reading that the supplier sees. */
export async function evaluateAudit(client: Client, audit: string, by: Measure): Promise<Answer<EvaluatedAudit>> {
  const access = await client.routes.access(audit, by.purpose);
  if (!access.ok) return access;
  const more = CONTENT.filter((name) => access.value.sections.some(({ section }) => section === name));
  return evaluateRead(client, audit, ["existence", ...(by.existenceOnly ? [] : more)], by);
}

async function evaluateRead(
  client: Client,
  audit: string,
  sections: readonly AuditSection[],
  by: Measure,
): Promise<Answer<EvaluatedAudit>> {
  const opened = await readAudit(client, audit, { purpose: by.purpose, sections });
  if (!opened.ok) return opened;
  const facts = factsRead(opened.value);
  return facts ? ok(evaluatedOf(audit, facts, sections, by)) : broken("audit", "its `existence` does not read", audit);
}

const evaluatedOf = (
  audit: string,
  facts: AuditForEvaluation,
  basis: readonly AuditSection[],
  { policy, today, catalogue }: Measure,
): EvaluatedAudit => ({ audit, facts, basis, evaluation: evaluate(policy, facts, today, catalogue) });

const factsListed = (summary: AuditSummary): AuditForEvaluation => ({
  scheme: summary.scheme,
  schemeVersion: summary.schemeVersion ?? "unknown",
  auditFrom: summary.auditFrom,
  validUntil: summary.validUntil,
  announcement: summary.announcement,
  topics: summary.topics,
  accreditation: summary.accreditation,
  provenance: summary.provenance,
});

/** From verified sections alone; null where `existence` is not what an audit's has to be. */
function factsRead({ statement }: OpenedAudit): AuditForEvaluation | null {
  const members = <T>(name: AuditSection): Partial<T> | undefined => {
    const section = statement.sections.get(name);
    return section?.state === "complete" ? (section.members as Partial<T>) : undefined;
  };
  const read = existence.safeParse(members("existence"));
  if (!read.success) return null;
  const { data } = read;
  const scores = members<AuditContent["scores"]>("scores");
  const content = members<AuditContent["findings"]>("findings");
  return {
    scheme: data.scheme.id,
    schemeVersion: data.scheme.version,
    auditFrom: data.auditFrom,
    validUntil: data.validUntil ?? null,
    announcement: data.announcement,
    topics: data.topics,
    accreditation: data.accreditation?.body ?? null,
    provenance: statement.claims.provenance ?? "",
    result: scores && (scores.overall ?? null),
    findings: content && (content.findings?.map(findingRead) ?? null),
  };
}

type Finding = NonNullable<AuditContent["findings"]["findings"]>[number];

const findingRead = ({ severity, status }: Finding) => ({
  level: severity?.level ?? null,
  isClosed: status === "closed",
});
