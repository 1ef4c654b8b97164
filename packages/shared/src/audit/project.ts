import type { Logged } from "../statement/logged.ts";
import type { DeliveryClaims } from "./delivery.ts";
import { NOTICE_MS } from "./lifecycle.ts";

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
  /** Unix ms of the first notice that its supplier gets of it; null: the supplier wrote it, or only a list says it. */
  readonly noticeDue: number | null;
}

export interface SubmissionRow {
  readonly hash: string;
  readonly org: string;
  readonly site: string;
  readonly replaces: string | null;
  /** 1: a claim without a report. */
  readonly listed: 0 | 1;
  readonly logIndex: number;
  readonly admittedAt: number;
}

const WITHOUT_REPLY: ReadonlySet<string | undefined> = new Set(["supplier-signed", "listed"]);

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
    noticeDue: WITHOUT_REPLY.has(claims.provenance) ? null : admittedAt + NOTICE_MS,
  };
}

export const projectSubmission = ({ claims, hash, index, admittedAt }: Logged): SubmissionRow => ({
  hash,
  org: claims.iss,
  site: claims["site"] as string,
  replaces: claims.re ?? null,
  listed: claims["listed"] === true ? 1 : 0,
  logIndex: index,
  admittedAt,
});

export interface DeliveryRow {
  readonly audit: string;
  readonly event: string;
  /** 0 for `opened`. */
  readonly number: number;
  readonly statement: string;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export function projectDelivery({ claims, hash, index, admittedAt }: Logged): DeliveryRow[] {
  const own = claims as unknown as DeliveryClaims;
  const number = own.event === "notice" ? own.number : 0;
  const row = { event: own.event, number, statement: hash, logIndex: index, admittedAt };
  return own.audits.map((audit) => ({ audit, ...row }));
}

export interface ResponseRow {
  readonly statement: string;
  readonly audit: string;
  readonly type: string;
  readonly stance: string | null;
  readonly by: string | null;
  readonly logIndex: number;
  readonly admittedAt: number;
}

/** Of a reply, a dispute or a correction: that there is one, and of what kind; never what it says. */
export const projectResponse = ({ claims, type, hash, index, admittedAt }: Logged): ResponseRow => ({
  statement: hash,
  audit: claims.re ?? "",
  type,
  stance: (claims["stance"] as string | undefined) ?? null,
  by: (claims["by"] as string | undefined) ?? null,
  logIndex: index,
  admittedAt,
});
