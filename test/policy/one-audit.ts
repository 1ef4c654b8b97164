import { decide } from "@quasarix/shared/policy/decide.ts";
import type { Ask, AuditFacts, Grant } from "@quasarix/shared/policy/facts.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import { AUDIT_SECTIONS } from "@quasarix/shared/policy/sections.ts";

export const NOON = 1_790_000_000_000;
export const HOUR = 3_600_000;
export const [mill, birch, cedar, firm] = ["org_mill", "org_birch", "org_cedar", "org_firm"];

export const grant = (over: Partial<Grant> = {}): Grant => ({
  id: "grant-1",
  grantor: mill,
  grantee: cedar,
  site: "site_1",
  audit: null,
  sections: ["existence", "findings"],
  purposes: ["due-diligence"],
  notBefore: NOON - HOUR,
  notAfter: NOON + HOUR,
  revoked: false,
  ...over,
});

export const facts = (over: Partial<AuditFacts> = {}): AuditFacts => ({
  audit: "audit-1",
  site: "site_1",
  author: firm,
  submitter: birch,
  supplier: mill,
  right: "supplier-own",
  disputed: false,
  rulebook: FIRST_RULEBOOK,
  terms: null,
  finalAt: null,
  contributedAt: null,
  grants: [],
  consents: [],
  factsVersion: 7,
  ...over,
});

export const ask = (org: string, over: Partial<Ask> & { kind?: string; suspended?: boolean } = {}): Ask => {
  const { kind = "member", suspended = false, ...rest } = over;
  return {
    principal: { org, kind, isOperator: false, suspended, door: "assertion" },
    purpose: "due-diligence",
    sections: null,
    asSubmitter: false,
    ...rest,
  };
};

export const sectionsOf = (audit: AuditFacts, asked: Ask, now = NOON) =>
  decide(audit, asked, now).scope?.sections ?? [];
export const all = [...AUDIT_SECTIONS];
export const supplierSees = all.filter((name) => name !== "commercial" && name !== "people");
