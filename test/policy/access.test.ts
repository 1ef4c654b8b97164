import { givenAccess, isOwner, ownAccess, type REASONS } from "@quasarix/shared/policy/access.ts";
import type { Ask, AuditFacts, Consent, Grant } from "@quasarix/shared/policy/facts.ts";
import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import { AUDIT_SECTIONS, PRESETS } from "@quasarix/shared/policy/sections.ts";
import { describe, expect, test } from "vitest";
import { facts } from "./one-audit.ts";

const NOW = 1_000;
const grant = (over: Partial<Grant> = {}): Grant => ({
  id: "grant-1",
  grantor: "org_mill",
  grantee: "org_cedar",
  site: "site_1",
  audit: null,
  sections: ["existence", "findings"],
  purposes: ["due-diligence"],
  notBefore: 0,
  notAfter: 2_000,
  revoked: false,
  ...over,
});
const consent = (over: Partial<Consent> = {}): Consent => ({
  id: "consent-1",
  org: "org_birch",
  sections: ["existence", "findings"],
  notBefore: 0,
  notAfter: 2_000,
  revoked: false,
  ...over,
});
const rulebook = (over: Partial<Rulebook>): Rulebook => ({ ...FIRST_RULEBOOK, ...over });
const ask = (org: string, kind = "member", suspended = false): Ask => ({
  principal: { org, kind, isOperator: false, suspended, door: "assertion" },
  purpose: "due-diligence",
  sections: null,
  asSubmitter: false,
});

describe("one's own access", () => {
  test.each([
    { who: "the author", ask: ask("org_firm", "auditor"), standing: "author", count: 8 },
    { who: "the submitter", ask: ask("org_birch"), standing: "submitter", count: 8 },
    { who: "the supplier", ask: ask("org_mill", "supplier"), standing: "supplier", count: 6 },
    { who: "a grantee", ask: ask("org_cedar"), standing: "grant", count: 2 },
    { who: "a stranger", ask: ask("org_none"), standing: null, count: 0 },
    { who: "a suspended author", ask: ask("org_firm", "auditor", true), standing: null, count: 0 },
  ])("$who stands as $standing and sees $count sections", ({ ask, standing, count }) => {
    const own = ownAccess(facts({ grants: [grant()] }), ask, NOW);
    expect([own.standing, own.sections.length]).toEqual([standing, count]);
  });

  test("says for each section by which grants it is open", () => {
    const grants = [grant(), grant({ id: "grant-2", sections: ["existence"] })];
    expect(ownAccess(facts({ grants }), ask("org_cedar"), NOW).sections).toEqual([
      { section: "existence", because: ["grant-1", "grant-2"] },
      { section: "findings", because: ["grant-1"] },
    ]);
  });
});

test.each([
  { who: "the site's supplier", ask: ask("org_mill", "supplier"), is: true },
  { who: "a suspended supplier", ask: ask("org_mill", "supplier", true), is: false },
  { who: "the author", ask: ask("org_firm", "auditor"), is: false },
])("$who owns the audit: $is", ({ ask, is }) => {
  expect(isOwner(facts(), ask)).toBe(is);
});

const bought = { right: "buyer-with-supplier-consent", grants: [grant()] } as const;
const GIVEN = ["existence", "findings"];
describe("what the owner is told of a grant", () => {
  test.each<{ what: string; facts: AuditFacts; opens: readonly string[]; closed: readonly (keyof typeof REASONS)[] }>([
    { what: "in force", facts: facts({ grants: [grant()] }), opens: GIVEN, closed: [] },
    { what: "to all members", facts: facts({ grants: [grant({ grantee: "members" })] }), opens: GIVEN, closed: [] },
    { what: "of another audit", facts: facts({ grants: [grant({ audit: "audit-2" })] }), opens: [], closed: [] },
    { what: "revoked", facts: facts({ grants: [grant({ revoked: true })] }), opens: [], closed: ["revoked"] },
    { what: "to come", facts: facts({ grants: [grant({ notBefore: 1_001 })] }), opens: [], closed: ["too-early"] },
    { what: "that has ended", facts: facts({ grants: [grant({ notAfter: 1_000 })] }), opens: [], closed: ["ended"] },
    {
      what: "for another purpose",
      facts: facts({ grants: [grant({ purposes: ["audit-avoidance"] })] }),
      opens: [],
      closed: ["purpose"],
    },
    {
      what: "under a disputed key",
      facts: facts({ grants: [grant()], disputed: true }),
      opens: [],
      closed: ["key-disputed"],
    },
    {
      what: "under an embargo",
      facts: facts({ grants: [grant()], rulebook: rulebook({ embargo: "until-final" }) }),
      opens: [],
      closed: ["embargo"],
    },
    {
      what: "1 ms before the audit is final",
      facts: facts({ grants: [grant()], rulebook: rulebook({ embargo: "until-final" }), finalAt: 1_001 }),
      opens: [],
      closed: ["embargo"],
    },
    {
      what: "as the audit is final",
      facts: facts({ grants: [grant()], rulebook: rulebook({ embargo: "until-final" }), finalAt: 1_000 }),
      opens: GIVEN,
      closed: [],
    },
    {
      what: "of an audit without a right to share",
      facts: facts({ grants: [grant()], right: "unknown" }),
      opens: [],
      closed: ["right-to-share-unknown"],
    },
    {
      what: "to members that contributed nothing",
      facts: facts({ grants: [grant({ grantee: "members" })], rulebook: rulebook({ reciprocityDays: 1 }) }),
      opens: GIVEN,
      closed: [],
    },
    { what: "with the buyer's consent", facts: facts({ ...bought, consents: [consent()] }), opens: GIVEN, closed: [] },
    { what: "without it", facts: facts(bought), opens: [], closed: ["buyer-consent"] },
    {
      what: "with consent to half of it",
      facts: facts({ ...bought, consents: [consent({ sections: ["existence"] })] }),
      opens: ["existence"],
      closed: ["buyer-consent"],
    },
    ...(
      [
        ["to the rest by another member", { org: "org_cedar" }],
        ["to the rest that was revoked", { revoked: true }],
        ["to the rest that has not begun", { notBefore: 1_001 }],
        ["to the rest that has ended", { notAfter: 1_000 }],
      ] as const
    ).map(([what, rest]) => ({
      what: `with consent to half of it, and ${what}`,
      facts: facts({
        ...bought,
        consents: [consent({ sections: ["existence"] }), consent({ ...rest, id: "consent-2" })],
      }),
      opens: ["existence"],
      closed: ["buyer-consent" as const],
    })),
    {
      what: "with another's consent",
      facts: facts({ ...bought, consents: [consent({ org: "org_cedar" })] }),
      opens: [],
      closed: ["buyer-consent"],
    },
    {
      what: "with a consent that was revoked",
      facts: facts({ ...bought, consents: [consent({ revoked: true })] }),
      opens: [],
      closed: ["buyer-consent"],
    },
    {
      what: "as the consent begins",
      facts: facts({ ...bought, consents: [consent({ notBefore: 1_000 })] }),
      opens: GIVEN,
      closed: [],
    },
    {
      what: "before it does",
      facts: facts({ ...bought, consents: [consent({ notBefore: 1_001 })] }),
      opens: [],
      closed: ["buyer-consent"],
    },
    {
      what: "as it ends",
      facts: facts({ ...bought, consents: [consent({ notAfter: 1_000 })] }),
      opens: [],
      closed: ["buyer-consent"],
    },
  ])("$what: $opens, for $closed", ({ facts, opens, closed }) => {
    expect(givenAccess(facts, "due-diligence", NOW)).toEqual([{ id: "grant-1", opens, closed }]);
  });

  test("each by itself", () => {
    const grants = [grant({ sections: ["scores"] }), grant({ id: "grant-2", revoked: true })];
    expect(givenAccess(facts({ grants }), "due-diligence", NOW)).toEqual([
      { id: "grant-1", opens: ["scores"], closed: [] },
      { id: "grant-2", opens: [], closed: ["revoked"] },
    ]);
  });

  test("and of the pool, where there is one and it signed the terms", () => {
    const pool = rulebook({ mode: "pool", reciprocityDays: 1 });
    const given = (over: Partial<AuditFacts>) => givenAccess(facts(over), "due-diligence", NOW);
    expect(given({ rulebook: pool, terms: "terms-1", grants: [grant({ sections: ["scores"] })] })).toEqual([
      { id: "grant-1", opens: ["scores"], closed: [] },
      { id: "terms-1", opens: PRESETS.findings, closed: [] },
    ]);
    expect(given({ rulebook: pool, terms: null })).toEqual([]);
    const allowed = { right: bought.right, consents: [consent({ sections: PRESETS.full })] };
    expect(given({ ...allowed, rulebook: pool, terms: "terms-1" })).toEqual([
      { id: "terms-1", opens: PRESETS.findings, closed: [] },
    ]);
    expect(given({ terms: "terms-1" })).toEqual([]);
  });
});

test("what is given to all members leaves out who paid", () => {
  const grants = [grant({ grantee: "members", sections: AUDIT_SECTIONS })];
  const [given] = givenAccess(facts({ grants }), "due-diligence", NOW);
  expect(given?.opens).toEqual(AUDIT_SECTIONS.filter((name) => name !== "commercial"));
});

test("of a pool it says that a buyer's consent covers less", () => {
  const pool = { rulebook: rulebook({ mode: "pool" }), terms: "terms-1", grants: [] };
  const half = facts({ ...bought, ...pool, consents: [consent({ sections: ["existence"] })] });
  expect(givenAccess(half, "due-diligence", 1_000)).toEqual([
    { id: "terms-1", opens: ["existence"], closed: ["buyer-consent"] },
  ]);
});
