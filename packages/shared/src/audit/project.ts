import type { Logged } from "../statement/logged.ts";

export interface AuditRow {
  readonly hash: string;
  readonly site: string;
  readonly author: string;
  readonly kid: string;
  readonly provenance: string;
  readonly scheme: string;
  readonly schemeVersion: string;
  readonly auditFrom: string;
  readonly auditTo: string | null;
  readonly validUntil: string | null;
  readonly announcement: string;
  readonly kind: string;
  readonly topics: readonly string[];
  readonly assessorKind: string;
  readonly accreditation: string | null;
  readonly sharingRight: string;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export interface SubmissionRow {
  readonly hash: string;
  readonly org: string;
  readonly site: string;
  readonly logIndex: number;
}

/** Existence facts and ids only. Throws without `existence`: an audit that is logged was complete when it came. */
export function projectAudit({ claims, hash, kid, existence, index, admittedAt }: Logged): AuditRow {
  if (!existence) throw new Error("an audit without its `existence` cannot be projected");
  return {
    hash,
    site: claims.sub,
    author: claims.iss,
    kid,
    provenance: claims.provenance ?? "",
    scheme: existence.scheme.id,
    schemeVersion: existence.scheme.version,
    auditFrom: existence.auditFrom,
    auditTo: existence.auditTo ?? null,
    validUntil: existence.validUntil ?? null,
    announcement: existence.announcement,
    kind: existence.kind,
    topics: [...new Set(existence.topics)].sort(),
    assessorKind: existence.assessor.kind,
    accreditation: existence.accreditation?.body ?? null,
    sharingRight: existence.sharing,
    logIndex: index,
    admittedAt,
  };
}

export const projectSubmission = ({ claims, hash, index }: Logged): SubmissionRow => ({
  hash,
  org: claims.iss,
  site: claims["site"] as string,
  logIndex: index,
});
