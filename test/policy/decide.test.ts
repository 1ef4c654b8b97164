import { decide } from "@quasarix/shared/policy/decide.ts";
import type { Ask, AuditFacts, Consent, Grant } from "@quasarix/shared/policy/facts.ts";
import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import { AUDIT_SECTIONS, PRESETS } from "@quasarix/shared/policy/sections.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const NOON = 1_790_000_000_000;
const HOUR = 3_600_000;
const [mill, birch, cedar, firm] = ["org_mill", "org_birch", "org_cedar", "org_firm"];

const grant = (over: Partial<Grant> = {}): Grant => ({
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

const facts = (over: Partial<AuditFacts> = {}): AuditFacts => ({
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

const ask = (org: string, over: Partial<Ask> & { kind?: string; suspended?: boolean } = {}): Ask => {
  const { kind = "member", suspended = false, ...rest } = over;
  return {
    principal: { org, kind, isOperator: false, suspended, door: "assertion" },
    purpose: "due-diligence",
    sections: null,
    asSubmitter: false,
    ...rest,
  };
};

const sectionsOf = (audit: AuditFacts, asked: Ask, now = NOON) => decide(audit, asked, now).scope?.sections ?? [];
const all = [...AUDIT_SECTIONS];
const supplierSees = all.filter((name) => name !== "commercial" && name !== "people");

describe("who sees what", () => {
  test.each([
    { who: "a stranger", see: [], facts: facts(), ask: ask(cedar) },
    { who: "the author", see: all, facts: facts(), ask: ask(firm, { kind: "auditor" }) },
    { who: "the submitting member", see: all, facts: facts(), ask: ask(birch) },
    { who: "the site's supplier", see: supplierSees, facts: facts(), ask: ask(mill, { kind: "supplier" }) },
    { who: "a grantee", see: ["existence", "findings"], facts: facts({ grants: [grant()] }), ask: ask(cedar) },
    {
      who: "a member, where all members are granted",
      see: ["existence", "findings"],
      facts: facts({ grants: [grant({ grantee: "members" })] }),
      ask: ask(cedar),
    },
    {
      who: "an auditor, where all members are granted",
      see: [],
      facts: facts({ grants: [grant({ grantee: "members" })] }),
      ask: ask("org_other", { kind: "auditor" }),
    },
    {
      who: "the operator, without a grant",
      see: [],
      facts: facts(),
      ask: { ...ask("org_op"), principal: { ...ask("org_op").principal, isOperator: true, kind: "operator" } },
    },
    {
      who: "a grantee of another audit",
      see: [],
      facts: facts({ grants: [grant({ audit: "audit-2" })] }),
      ask: ask(cedar),
    },
    {
      who: "a grantee of another site",
      see: [],
      facts: facts({ grants: [grant({ site: "site_2" })] }),
      ask: ask(cedar),
    },
    {
      who: "a grantee of a supplier before this one",
      see: [],
      facts: facts({ grants: [grant({ grantor: "org_old" })] }),
      ask: ask(cedar),
    },
    {
      who: "a grantee with another purpose",
      see: [],
      facts: facts({ grants: [grant()] }),
      ask: ask(cedar, { purpose: "audit-avoidance" }),
    },
    {
      who: "a grantee after the revocation",
      see: [],
      facts: facts({ grants: [grant({ revoked: true })] }),
      ask: ask(cedar),
    },
    { who: "a suspended grantee", see: [], facts: facts({ grants: [grant()] }), ask: ask(cedar, { suspended: true }) },
    { who: "a suspended author", see: [], facts: facts(), ask: ask(firm, { suspended: true }) },
    {
      who: "a grantee of a report whose right is unknown",
      see: [],
      facts: facts({ right: "unknown", grants: [grant()] }),
      ask: ask(cedar),
    },
    {
      who: "the supplier of a report whose right is unknown",
      see: supplierSees,
      facts: facts({ right: "unknown" }),
      ask: ask(mill),
    },
    {
      who: "a grantee of an audit under a disputed key",
      see: [],
      facts: facts({ disputed: true, grants: [grant()] }),
      ask: ask(cedar),
    },
    {
      who: "a grantee of everything",
      see: all.slice(0, -1),
      facts: facts({ grants: [grant({ sections: all })] }),
      ask: ask(cedar),
    },
    {
      who: "a grantee who asks for less",
      see: ["existence"],
      facts: facts({ grants: [grant()] }),
      ask: ask(cedar, { sections: ["existence", "scores"] }),
    },
  ])("$who sees $see", ({ see, facts, ask }) => {
    expect(sectionsOf(facts, ask)).toEqual(see);
  });

  test.each([
    { at: "a millisecond before notBefore", now: NOON - HOUR - 1, open: false },
    { at: "notBefore", now: NOON - HOUR, open: true },
    { at: "a millisecond before notAfter", now: NOON + HOUR - 1, open: true },
    { at: "notAfter", now: NOON + HOUR, open: false },
  ])("a grant at $at is open: $open", ({ now, open }) => {
    expect(sectionsOf(facts({ grants: [grant()] }), ask(cedar), now).length > 0).toBe(open);
  });

  test("a scope names the grants that open it and ends with the first of them", () => {
    const second = grant({ id: "grant-2", sections: ["scores"], notAfter: NOON + 5 });
    const { scope } = decide(facts({ grants: [grant(), second] }), ask(cedar), NOON);
    expect(scope).toMatchObject({
      because: ["grant-1", "grant-2"],
      validUntil: NOON + 5,
      factsVersion: 7,
      origin: false,
    });
  });

  test("only the submitting member sees whose copy it was", () => {
    const origins = [birch, firm, mill].map((org) => decide(facts(), ask(org), NOON).scope?.origin);
    expect(origins).toEqual([true, false, false]);
  });

  test.each([
    {
      who: "a grantee",
      org: cedar,
      grants: [grant()],
      note: { holder: mill, standing: "grant", sections: ["existence", "findings"], because: ["grant-1"] },
    },
    {
      who: "the submitter, without a grant",
      org: birch,
      note: { holder: birch, standing: "submitter", sections: all, because: [] },
    },
    {
      who: "the submitter, as a grantee",
      org: birch,
      grants: [grant({ grantee: birch })],
      note: { holder: mill, standing: "grant", sections: ["existence", "findings"], because: ["grant-1"] },
    },
    {
      who: "the submitter, comparing intake's copy",
      org: birch,
      grants: [grant({ grantee: birch })],
      asSubmitter: true,
      note: { holder: birch, standing: "submitter", sections: all, because: [] },
    },
    { who: "the author", org: firm, note: { holder: mill, standing: "author", sections: all, because: [] } },
    {
      who: "the author, where the site has no supplier",
      org: firm,
      supplier: null,
      note: { holder: "site_1", standing: "author", sections: all, because: [] },
    },
  ])("$who leaves a receipt with $note.holder", ({ org, grants = [], asSubmitter = false, supplier = mill, note }) => {
    const { scope } = decide(facts({ grants, supplier }), ask(org, { asSubmitter }), NOON);
    expect(scope?.receipt).toEqual({ reader: org, delayMs: 0, ...note });
  });

  test("a refusal says why", () => {
    const revoked = facts({ grants: [grant({ revoked: true })] });
    expect(decide(revoked, ask(cedar), NOON).denied).toEqual([{ why: "revoked", grant: "grant-1" }]);
  });
});

const rules = (over: Partial<Rulebook>): Rulebook => ({ ...FIRST_RULEBOOK, statement: "rulebook-1", ...over });
const pool = (over: Partial<Rulebook> = {}) => ({ rulebook: rules({ mode: "pool", ...over }), terms: "terms-1" });
const consent = (over: Partial<Consent> = {}): Consent => ({
  id: "consent-1",
  org: birch,
  sections: ["existence", "scores"],
  notBefore: NOON - HOUR,
  notAfter: NOON + HOUR,
  revoked: false,
  ...over,
});
const DAY = 24 * HOUR;
const bought = { right: "buyer-with-supplier-consent" as const, grants: [grant({ sections: all })] };
const contributors = rules({ reciprocityDays: 90 });
const toAll = [grant({ grantee: "members" })];
const embargo = rules({ embargo: "until-final" });

describe("what the rulebook says", () => {
  test.each([
    { who: "a member in a pool", see: [...PRESETS.findings], facts: facts(pool()), org: cedar },
    {
      who: "a member, where the supplier has not signed",
      see: [],
      facts: facts({ ...pool(), terms: null }),
      org: cedar,
    },
    {
      who: "a member, where terms stand but the rulebook has no pool",
      see: [],
      facts: facts({ ...pool(), rulebook: rules({}) }),
      org: cedar,
    },
    { who: "an auditor in a pool", see: [], facts: facts(pool()), org: "org_other", kind: "auditor" },
    {
      who: "a member in a pool, of a report nobody may share",
      see: [],
      facts: facts({ ...pool(), right: "unknown" }),
      org: cedar,
    },
    { who: "a grantee of a buyer's report without consent", see: [], facts: facts(bought), org: cedar },
    {
      who: "a grantee of a buyer's report with consent",
      see: ["existence", "scores"],
      facts: facts({ ...bought, consents: [consent()] }),
      org: cedar,
    },
    {
      who: "a grantee, where another member than the buyer consents",
      see: [],
      facts: facts({ ...bought, consents: [consent({ org: cedar })] }),
      org: cedar,
    },
    {
      who: "a grantee, where nobody knows who paid",
      see: [],
      facts: facts({ ...bought, submitter: null, consents: [consent()] }),
      org: cedar,
    },
    {
      who: "a grantee after the buyer took its consent back",
      see: [],
      facts: facts({ ...bought, consents: [consent({ revoked: true })] }),
      org: cedar,
    },
    {
      who: "a member in a pool, of a buyer's report with consent",
      see: ["existence", "scores"],
      facts: facts({ ...bought, grants: [], ...pool(), consents: [consent({ sections: all })] }),
      org: cedar,
      sections: ["existence", "scores", "people"] as const,
    },
    {
      who: "a stranger, where the buyer consents",
      see: [],
      facts: facts({ ...bought, grants: [], consents: [consent()] }),
      org: cedar,
    },
    {
      who: "a supplier of a buyer's report without consent",
      see: supplierSees,
      facts: facts(bought),
      org: mill,
      kind: "supplier",
    },
    {
      who: "a member that contributed nothing, of what is for all",
      see: [],
      facts: facts({ rulebook: contributors, grants: toAll }),
      org: cedar,
    },
    {
      who: "a member that contributed nothing, of what is for it by name",
      see: ["existence", "findings"],
      facts: facts({ rulebook: contributors, grants: [grant()] }),
      org: cedar,
    },
    {
      who: "a member whose contribution is 90 days old less a millisecond",
      see: ["existence", "findings"],
      facts: facts({ rulebook: contributors, grants: toAll, contributedAt: NOON - 90 * DAY + 1 }),
      org: cedar,
    },
    {
      who: "a member whose contribution is 90 days old",
      see: [],
      facts: facts({ rulebook: contributors, grants: toAll, contributedAt: NOON - 90 * DAY }),
      org: cedar,
    },
    { who: "a grantee of a draft", see: [], facts: facts({ rulebook: embargo, grants: [grant()] }), org: cedar },
    {
      who: "a grantee a millisecond before it is final",
      see: [],
      facts: facts({ rulebook: embargo, grants: [grant()], finalAt: NOON + 1 }),
      org: cedar,
    },
    {
      who: "a grantee as it is final",
      see: ["existence", "findings"],
      facts: facts({ rulebook: embargo, grants: [grant()], finalAt: NOON }),
      org: cedar,
    },
    { who: "the supplier of a draft", see: supplierSees, facts: facts({ rulebook: embargo }), org: mill },
    { who: "the submitting member of a draft", see: all, facts: facts({ rulebook: embargo }), org: birch },
  ])("$who sees $see", ({ see, facts, org, kind = "member", sections = null }) => {
    expect(sectionsOf(facts, ask(org, { kind, sections }))).toEqual(see);
  });

  test("leave to read ends with a consent or a contribution, whichever ends first", () => {
    const paid = facts({ ...bought, consents: [consent({ notAfter: NOON + 7 })] });
    const old = facts({ rulebook: contributors, grants: toAll, contributedAt: NOON - 90 * DAY + 3 });
    expect([paid, old].map((one) => decide(one, ask(cedar), NOON).scope?.validUntil)).toEqual([NOON + 7, NOON + 3]);
  });

  test("a pool is named by its terms, a consent by nobody", () => {
    const { scope } = decide(facts({ ...bought, ...pool(), consents: [consent()] }), ask(cedar), NOON);
    expect(scope?.because).toEqual(["grant-1", "terms-1"]);
  });

  test("of several grants only those that open what was asked are named, and end the leave", () => {
    const short = grant({ id: "grant-2", sections: ["scores"], notAfter: NOON + 5 });
    const { scope } = decide(facts({ grants: [grant(), short] }), ask(cedar, { sections: ["findings"] }), NOON);
    expect(scope).toMatchObject({ because: ["grant-1"], validUntil: NOON + HOUR });
  });

  test.each([
    { receipts: { show: "named" } as const, note: { reader: cedar, delayMs: 0, because: ["grant-1"] } },
    { receipts: { show: "category" } as const, note: { reader: "member", delayMs: 0, because: [] } },
    {
      receipts: { show: "delayed", days: 30 } as const,
      note: { reader: cedar, delayMs: 30 * DAY, because: ["grant-1"] },
    },
  ])("with $receipts.show receipts a grantee is shown as $note.reader", ({ receipts, note }) => {
    const { scope } = decide(facts({ rulebook: rules({ receipts }), grants: [grant()] }), ask(cedar), NOON);
    expect(scope?.receipt).toMatchObject(note);
  });

  test("a submitter under an embargo leaves nothing with the supplier, grant or not", () => {
    const { scope } = decide(facts({ rulebook: embargo, grants: [grant({ grantee: birch })] }), ask(birch), NOON);
    expect(scope?.receipt).toMatchObject({ holder: birch, standing: "submitter" });
  });

  test.each([
    { why: "embargo", facts: facts({ rulebook: embargo, grants: [grant()] }) },
    { why: "buyer-consent", facts: facts(bought) },
    { why: "reciprocity", facts: facts({ rulebook: contributors, grants: toAll }) },
    { why: "right-to-share-unknown", facts: facts({ right: "unknown", grants: [grant()] }) },
    { why: "no-right", facts: facts() },
  ])("a refusal says $why", ({ why, facts }) => {
    expect(decide(facts, ask(cedar), NOON)).toEqual({ scope: null, denied: [{ why }] });
  });
});

const anyGrant = fc.record({
  id: fc.string(),
  grantor: fc.constantFrom(mill, birch),
  grantee: fc.constantFrom<string>(cedar, birch, "members"),
  site: fc.constantFrom("site_1", "site_2"),
  audit: fc.constantFrom(null, "audit-1", "audit-2"),
  sections: fc.subarray(all, { minLength: 1 }),
  purposes: fc.subarray<"due-diligence" | "audit-avoidance">(["due-diligence", "audit-avoidance"], { minLength: 1 }),
  notBefore: fc.constantFrom(NOON - HOUR, NOON + 1),
  notAfter: fc.constantFrom(NOON, NOON + HOUR),
  revoked: fc.boolean(),
});

test("adding a grant never closes a section, revoking one never opens any", () => {
  fc.assert(
    fc.property(fc.array(anyGrant), anyGrant, fc.constantFrom(cedar, birch, mill, firm), (grants, one, org) => {
      const without = sectionsOf(facts({ grants }), ask(org));
      const added = sectionsOf(facts({ grants: [...grants, one] }), ask(org));
      const revoked = sectionsOf(facts({ grants: [...grants, { ...one, revoked: true }] }), ask(org));
      expect(added).toEqual(expect.arrayContaining([...without]));
      expect(revoked).toEqual(without);
    }),
  );
});
