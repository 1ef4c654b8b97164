import type { Logged } from "../statement/logged.ts";
import type { AnswerClaims, RequestClaims } from "./request.ts";
import type { ConsentClaims, TermsClaims } from "./terms.ts";

export interface RulebookRow {
  readonly statement: string;
  /** The claims of `rulebook` as JSON, without those of every statement. */
  readonly claims: string;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export interface TermsRow {
  readonly statement: string;
  readonly supplier: string;
  readonly site: string;
  readonly rulebook: string;
  readonly logIndex: number;
}

export interface ConsentRow {
  readonly id: string;
  readonly org: string;
  readonly audit: string;
  readonly sections: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  readonly logIndex: number;
}

export interface RequestRow {
  readonly hash: string;
  readonly org: string;
  readonly site: string;
  readonly audit: string | null;
  readonly sections: readonly string[];
  readonly purposes: readonly string[];
  readonly until: number;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export interface AnswerRow {
  readonly hash: string;
  readonly request: string;
  readonly supplier: string;
  readonly answer: string;
  readonly reason: string | null;
  /** Of *yes* and *partly*: the grant that it is. */
  readonly opens: AnswerClaims["opens"] | null;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export function projectRulebook({ claims, hash, index, admittedAt }: Logged): RulebookRow {
  const { mode, receipts, requesters, reciprocityDays, embargo } = claims as unknown as Record<string, unknown>;
  const own = { mode, receipts, requesters, reciprocityDays, embargo };
  return { statement: hash, claims: JSON.stringify(own), logIndex: index, admittedAt };
}

export function projectTerms({ claims, hash, index }: Logged): TermsRow {
  const { site, rulebook } = claims as unknown as TermsClaims;
  return { statement: hash, supplier: claims.iss, site, rulebook, logIndex: index };
}

export function projectConsent({ claims, hash, index }: Logged): ConsentRow {
  const { audit, consentSections, notBefore, notAfter } = claims as unknown as ConsentClaims;
  return { id: hash, org: claims.iss, audit, sections: consentSections, notBefore, notAfter, logIndex: index };
}

export function projectRequest({ claims, hash, index, admittedAt }: Logged): RequestRow {
  const { site, audit = null, requestSections, purposes, until } = claims as unknown as RequestClaims;
  const asked = { sections: requestSections, purposes, until };
  return { hash, org: claims.iss, site, audit, ...asked, logIndex: index, admittedAt };
}

export function projectAnswer({ claims, hash, index, admittedAt }: Logged): AnswerRow {
  const { answer, reason = null, opens = null } = claims as unknown as AnswerClaims;
  return { hash, request: claims.re ?? "", supplier: claims.iss, answer, reason, opens, logIndex: index, admittedAt };
}
