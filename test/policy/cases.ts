import type { SharingRight } from "@quasarix/shared/audit/existence.ts";
import type { Ask, AuditFacts, Consent, Grant } from "@quasarix/shared/policy/facts.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import type { Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import { AUDIT_SECTIONS, type AuditSection, PRESETS } from "@quasarix/shared/policy/sections.ts";
import fc from "fast-check";

/** One audit with all that stands around it, and some who ask for it at some moments. */
export interface Case {
  readonly facts: AuditFacts;
  readonly asks: readonly { readonly ask: Ask; readonly now: number }[];
}

const PURPOSES: readonly Purpose[] = ["due-diligence", "audit-avoidance"];
const [mill, birch, cedar, firm, platform] = ["org_mill", "org_birch", "org_cedar", "org_firm", "log.example"];
const rarely = fc.integer({ min: 0, max: 7 }).map((n) => n === 7);
const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 3 }, { arbitrary: fc.constantFrom(usual, ...others), weight: 1 });

const sections = fc.oneof(
  fc.constantFrom<readonly AuditSection[]>(...Object.values(PRESETS)),
  fc.subarray([...AUDIT_SECTIONS], { minLength: 1 }),
);

// Times meet: a moment is before, at or after each end of a window.
const window = fc
  .record({ from: fc.integer({ min: 0, max: 4 }), length: fc.integer({ min: 1, max: 6 }) })
  .map(({ from, length }) => ({ notBefore: from, notAfter: from + length }));

const grant = fc
  .record({
    window,
    grantor: mostly(mill, birch),
    grantee: fc.constantFrom<string>(cedar, birch, mill, "members"),
    site: mostly("site_1", "site_2"),
    audit: mostly<string | null>(null, "audit-1", "audit-2"),
    sections,
    purposes: fc.subarray<Purpose>([...PURPOSES], { minLength: 1 }),
    revoked: rarely,
  })
  .map(({ window, ...rest }) => ({ ...rest, ...window }));

const consent = fc
  .record({ window, org: mostly(birch, cedar), sections, revoked: rarely })
  .map(({ window, ...rest }) => ({ ...rest, ...window }));

const RECIPROCITY_DAYS = 90;
const rulebook: fc.Arbitrary<Rulebook> = fc.record({
  statement: fc.constant("the-rulebook"),
  mode: fc.constantFrom("supplier-consent", "pool"),
  receipts: fc.constantFrom<Rulebook["receipts"]>(
    { show: "named" },
    { show: "category" },
    { show: "delayed", days: 30 },
  ),
  requesters: fc.constantFrom("named", "a-member"),
  reciprocityDays: mostly<number | null>(null, RECIPROCITY_DAYS),
  embargo: mostly<Rulebook["embargo"]>("none", "until-final"),
});
// So that the last contribution grows too old at one of the moments that are asked for.
const contributedAt = fc.integer({ min: 0, max: 12 }).map((end) => end - RECIPROCITY_DAYS * 86_400_000);

const facts: fc.Arbitrary<AuditFacts> = fc
  .record({
    rulebook,
    terms: fc.constantFrom(null, "the-terms"),
    finalAt: fc.option(fc.integer({ min: 0, max: 10 })),
    contributedAt: fc.option(contributedAt),
    consents: fc.array(consent, { maxLength: 2 }),
    author: fc.constantFrom(firm, platform, mill),
    submitter: fc.constantFrom(null, birch, cedar),
    supplier: mostly<string | null>(mill, birch, null),
    right: mostly<SharingRight>("supplier-own", "buyer-with-supplier-consent", "scheme-terms", "unknown"),
    disputed: rarely,
    grants: fc.array(grant, { maxLength: 4 }),
  })
  .map(({ grants, consents, ...rest }) => ({
    ...rest,
    audit: "audit-1",
    site: "site_1",
    factsVersion: 7,
    grants: grants.map((one, i): Grant => ({ ...one, id: `grant-${i}` })),
    consents: consents.map((one, i): Consent => ({ ...one, id: `consent-${i}` })),
  }));

const ask: fc.Arbitrary<Ask> = fc
  .record({
    org: fc.oneof(fc.constant(cedar), fc.constantFrom(mill, birch, cedar, firm)),
    kind: mostly("member", "supplier", "auditor", "operator"),
    suspended: rarely,
    purpose: fc.constantFrom(...PURPOSES),
    sections: fc.option(sections, { freq: 2 }),
    asSubmitter: rarely,
  })
  .map(({ org, kind, suspended, ...rest }) => ({
    ...rest,
    principal: { org, kind, isOperator: kind === "operator", suspended, door: "assertion" },
  }));

/** Parsing the policies of one audit costs the second engine more than an answer, so each audit is asked for several times. */
export const ASKS = 5;

export const someCase: fc.Arbitrary<Case> = fc.record({
  facts,
  asks: fc.array(fc.record({ ask, now: fc.integer({ min: 0, max: 10 }) }), { minLength: ASKS, maxLength: ASKS }),
});
