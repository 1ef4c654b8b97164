import type { AuditContent } from "../audit/content.ts";

/** What a row of a member's list says of an audit; days as YYYY-MM-DD. */
export interface ListedAudit {
  readonly scheme: string;
  readonly version?: string | undefined;
  readonly auditFrom: string;
  readonly auditTo?: string | undefined;
  readonly validUntil?: string | undefined;
  readonly topics?: readonly string[] | undefined;
  readonly result?: AuditContent["scores"]["overall"];
}

/** As a submission with the claim `listed` holds it: a claim without a report, existence and result only. */
export const listedContent = (row: ListedAudit): AuditContent => ({
  existence: {
    scheme: { id: row.scheme, version: row.version ?? "unknown" },
    auditFrom: row.auditFrom,
    ...(row.auditTo !== undefined && { auditTo: row.auditTo }),
    announcement: "unknown",
    kind: "unknown",
    ...(row.validUntil !== undefined && { validUntil: row.validUntil }),
    topics: [...(row.topics ?? [])],
    assessor: { kind: "unknown" },
    sharing: "unknown",
  },
  scores: row.result ? { overall: row.result } : {},
  findings: {},
  plans: {},
  people: {},
  workforce: {},
  evidence: {},
  commercial: {},
});

const SAID: readonly string[] = ["existence", "scores"];

/** Where a list's claim says more than a list knows: the place and why; null where it does not. */
export function listedRefusal(content: AuditContent): { readonly at: string; readonly why: string } | null {
  const more = Object.entries(content).find(
    ([name, members]) => !SAID.includes(name) && Object.keys(members).length > 0,
  );
  if (more) return { at: more[0], why: "a list says nothing of this section" };
  if (content.scores.topics) return { at: "scores/topics", why: "a list says the overall result alone" };
  const { sharing } = content.existence;
  return sharing === "unknown"
    ? null
    : { at: "existence/sharing", why: "must be `unknown`: there is no report to share" };
}
