import { decide } from "@quasarix/shared/policy/decide.ts";
import type { Ask, AuditFacts, Consent, Grant } from "@quasarix/shared/policy/facts.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import { AUDIT_SECTIONS, type AuditSection, PRESETS } from "@quasarix/shared/policy/sections.ts";

/** One value of each axis, by name. */
export type Place = Readonly<Record<string, string>>;

const NOT_BEFORE = 1_790_000_000_000;
const NOT_AFTER = NOT_BEFORE + 86_400_000;
const HALFWAY = (NOT_BEFORE + NOT_AFTER) / 2;

const ORGS = { mill: "supplier", firm: "auditor", cedar: "member" } as const;
type OrgName = keyof typeof ORGS;

const AUDITS: Readonly<Record<string, Pick<AuditFacts, "audit" | "site" | "author" | "submitter">>> = {
  "of site 1, signed by firm": { audit: "audit-1", site: "site-1", author: "firm", submitter: null },
  "of site 2, a copy that cedar submitted": {
    audit: "audit-2",
    site: "site-2",
    author: "log.example",
    submitter: "cedar",
  },
};

const ON: Readonly<Record<string, Pick<Grant, "site" | "audit">>> = {
  "site 1": { site: "site-1", audit: null },
  "its audit alone, site 1": { site: "site-1", audit: "audit-1" },
  "site 2": { site: "site-2", audit: null },
  "its audit alone, site 2": { site: "site-2", audit: "audit-2" },
};

const GIVEN: Readonly<Record<string, readonly AuditSection[]>> = {
  summary: PRESETS.summary,
  findings: PRESETS.findings,
  full: PRESETS.full,
  "full and commercial": AUDIT_SECTIONS,
};

const FOR: Readonly<Record<string, readonly Purpose[]>> = {
  "due-diligence": ["due-diligence"],
  "both purposes": ["due-diligence", "audit-avoidance"],
};

const TIMES: Readonly<Record<string, number>> = {
  "1 ms before it begins": NOT_BEFORE - 1,
  "as it begins": NOT_BEFORE,
  "1 ms before halfway": HALFWAY - 1,
  halfway: HALFWAY,
  "1 ms before it ends": NOT_AFTER - 1,
  "as it ends": NOT_AFTER,
};

const DAY = NOT_AFTER - NOT_BEFORE;
const rulebook = (over: Partial<AuditFacts["rulebook"]>) => ({ ...FIRST_RULEBOOK, statement: "the-rulebook", ...over });
const POOL = { rulebook: rulebook({ mode: "pool" }), terms: "the-terms" };
const BOUGHT = { right: "buyer-with-supplier-consent" as const };
const consent = (org: string): Consent => ({
  id: "the-consent",
  org,
  sections: PRESETS.summary,
  notBefore: NOT_BEFORE,
  notAfter: HALFWAY,
  revoked: false,
});
const contributed = (days: number, at: number) => ({
  rulebook: rulebook({ reciprocityDays: days }),
  contributedAt: at - days * DAY,
});

/** What else stands around the audit; the time of `halfway` is each one's edge. */
const AROUND: Readonly<Record<string, Partial<AuditFacts>>> = {
  nothing: {},
  "reader suspended": {},
  "key disputed": { disputed: true },
  "right to share unknown": { right: "unknown" },
  "embargo, a draft": { rulebook: rulebook({ embargo: "until-final" }) },
  "embargo, final halfway": { rulebook: rulebook({ embargo: "until-final" }), finalAt: HALFWAY },
  "pool, terms signed": POOL,
  "pool, terms not signed": { ...POOL, terms: null },
  "pool, terms signed, right to share unknown": { ...POOL, right: "unknown" },
  "pool, terms signed, a draft under embargo": {
    rulebook: rulebook({ mode: "pool", embargo: "until-final" }),
    terms: "the-terms",
  },
  "contribution too old halfway": contributed(90, HALFWAY),
  "no contribution": { ...contributed(90, HALFWAY), contributedAt: null },
  "a buyer paid, no consent": BOUGHT,
  "a buyer paid, cedar consents to summary until halfway": { ...BOUGHT, consents: [consent("cedar")] },
  "a buyer paid, firm consents to summary until halfway": { ...BOUGHT, consents: [consent("firm")] },
};

/** In the order in which the table asks. All of mill's sites; at most one grant, its window a day. */
export const AXES: readonly (readonly [name: string, values: readonly string[]])[] = [
  ["audit", Object.keys(AUDITS)],
  ["reader", Object.keys(ORGS)],
  ["around it", Object.keys(AROUND)],
  ["grant", ["none", "stands", "revoked"]],
  ["given by", ["mill", "firm"]],
  ["given to", ["mill", "firm", "cedar", "members"]],
  ["given on", Object.keys(ON)],
  ["given for", Object.keys(FOR)],
  ["asked for", ["due-diligence", "audit-avoidance"]],
  ["time", Object.keys(TIMES)],
  ["sections given", Object.keys(GIVEN)],
];

const readerOf = (place: Place): Principal => ({
  org: place["reader"] as string,
  kind: ORGS[place["reader"] as OrgName],
  isOperator: false,
  suspended: place["around it"] === "reader suspended",
  door: "assertion",
});

const grantOf = (place: Place): Grant => ({
  id: "the-grant",
  grantor: place["given by"] as string,
  grantee: place["given to"] as string,
  ...(ON[place["given on"] as string] as Pick<Grant, "site" | "audit">),
  sections: GIVEN[place["sections given"] as string] as readonly AuditSection[],
  purposes: FOR[place["given for"] as string] as readonly Purpose[],
  notBefore: NOT_BEFORE,
  notAfter: NOT_AFTER,
  revoked: place["grant"] === "revoked",
});

const factsOf = (place: Place): AuditFacts => ({
  ...(AUDITS[place["audit"] as string] as Pick<AuditFacts, "audit" | "site" | "author" | "submitter">),
  supplier: "mill",
  right: "supplier-own",
  disputed: false,
  rulebook: FIRST_RULEBOOK,
  terms: null,
  finalAt: null,
  contributedAt: null,
  consents: [],
  ...AROUND[place["around it"] as string],
  grants: place["grant"] === "none" ? [] : [grantOf(place)],
  factsVersion: 1,
});

const askOf = (place: Place, sections: readonly AuditSection[] | null): Ask => ({
  principal: readerOf(place),
  purpose: place["asked for"] as Purpose,
  sections,
  asSubmitter: false,
});

export const scopeAt = (place: Place, sections: readonly AuditSection[] | null = null) =>
  decide(factsOf(place), askOf(place, sections), TIMES[place["time"] as string] as number).scope;

const ALL = AUDIT_SECTIONS.join(" ");
const listed = (sections: readonly AuditSection[]): string => (sections.join(" ") === ALL ? "all" : sections.join(" "));

/** What the table says at one place: sections, and the note that the reading leaves. */
export function saidAt(place: Place): string {
  const scope = scopeAt(place);
  if (scope === null) return "nothing";
  const { holder, standing, sections } = scope.receipt;
  const noted = listed(sections) === listed(scope.sections) ? "" : ` of ${listed(sections)}`;
  return `${listed(scope.sections)} (receipt with ${holder}, as ${standing}${noted})`;
}
