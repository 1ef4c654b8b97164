import type { IntentClaims } from "@quasarix/shared/duplicate/intent.ts";
import type { Intent, Standing } from "@quasarix/shared/duplicate/plan.ts";
import { admitIntent, coveredRefusal } from "@quasarix/shared/policy/admit-intent.ts";
import { type IntendedFacts, NOTHING_INTENDED, type SiteHearing } from "@quasarix/shared/policy/intended.ts";
import { describe, expect, test } from "vitest";
import { birch, cedar, elsewhere, facts, firm, hashOf, heard, mill, nowhere, said, site } from "./author-world.ts";

const SMETA = "urn:quasarix:scheme:smeta";
const intent: IntentClaims = {
  site,
  schemes: [SMETA],
  topics: [],
  from: "2027-03-01",
  until: "2027-05-31",
  kind: "full",
  mayJoin: false,
};

const standing = (name: string, over: Partial<Intent> = {}, isJoiner = false): Standing => ({
  plan: hashOf(`plan of ${name}`),
  isJoiner,
  intent: {
    hash: hashOf(name),
    org: cedar,
    site,
    schemes: [SMETA],
    topics: [],
    from: "2027-04-01",
    until: "2027-04-30",
    mayJoin: true,
    joins: null,
    replaces: null,
    index: 5,
    revokedIndex: null,
    ...over,
  },
});

const plans = [
  standing("theirs"),
  standing("theirs, shut", { mayJoin: false }),
  standing("theirs, begun", { from: "2027-01-02", until: "2027-03-10" }),
  standing("theirs, under another scheme", { schemes: ["house"] }),
  standing("theirs, in summer", { from: "2027-07-01", until: "2027-07-31" }),
  standing("theirs, settled"),
  standing("a joiner's", {}, true),
  standing("ours", { org: birch }),
];

const hearing: SiteHearing = { ids: [site], isListed: true, audits: [], plans };
const intended = (over: Partial<IntendedFacts> = {}): IntendedFacts => ({
  ...NOTHING_INTENDED,
  org: birch,
  today: "2027-01-15",
  active: 6,
  batch: 2,
  sites: new Map([[site, hearing]]),
  knows: new Map([
    [hashOf("audit"), site],
    [hashOf("audit elsewhere"), elsewhere],
  ]),
  joints: new Map([[hashOf("plan of theirs, settled"), { joiners: [birch, cedar], isSettled: true }]]),
  ...over,
});

const sections = (reason: object, state: "complete" | "withheld" = "complete") =>
  new Map([["reason", { state, members: reason as never, disclosures: [] }]]);

const NO_PLAN = "admission joins: no such plan to join";
const NO_AUDIT = "admission covers: no such audit of this site";
const PAIR = "admission anyway: `anyway` and section `reason` come together";

interface Row {
  readonly what: string;
  readonly says?: Partial<IntentClaims> & { readonly re?: string; readonly sub?: string };
  readonly by?: string;
  readonly reason?: object;
  readonly over?: Partial<IntendedFacts>;
  readonly hears: string;
}

const rows: readonly Row[] = [
  { what: "of a site on the list", hears: "admitted" },
  { what: "by a supplier", by: mill, hears: "statement:add: only members plan audits" },
  { what: "by an auditor", by: firm, hears: "statement:add: only members plan audits" },
  {
    what: "in another's dossier",
    says: { sub: cedar },
    hears: "statement:add: an intent stands in its member's dossier",
  },
  { what: "of no site", says: { site: nowhere }, hears: "admission site: no such site" },
  { what: "of a site that is not on the list", says: { site: elsewhere }, hears: "not-on-your-list" },
  {
    what: "that is over today",
    says: { from: "2027-01-01", until: "2027-01-14" },
    hears: "admission until: must lie ahead",
  },
  { what: "until today", says: { from: "2027-01-01", until: "2027-01-15" }, hears: "admitted" },
  {
    what: "that ends before it begins",
    says: { until: "2027-02-28" },
    hears: "admission until: must be no earlier than `from`, and within a year of it",
  },
  {
    what: "of more than a year",
    says: { until: "2028-03-03" },
    hears: "admission until: must be no earlier than `from`, and within a year of it",
  },
  {
    what: "of no scheme",
    says: { schemes: [] },
    hears: "admission schemes: Too small: expected array to have >=1 items",
  },
  { what: "with a scheme twice", says: { schemes: [SMETA, SMETA] }, hears: "admission schemes: names one twice" },
  { what: "with a reason that nobody asked for", reason: { code: "incident" }, hears: PAIR },
  { what: "anyway, for no reason", says: { anyway: true }, hears: PAIR },
  { what: "anyway, for a reason", says: { anyway: true }, reason: { code: "incident" }, hears: "admitted" },
  {
    what: "anyway, for another reason that says nothing",
    says: { anyway: true },
    reason: { code: "other" },
    hears: "admission text: `other` says what",
  },
  {
    what: "of a gap in an audit that it knows",
    says: { kind: "gap", covers: hashOf("audit"), topics: ["water"] },
    hears: "admitted",
  },
  {
    what: "of a gap in an audit that it does not know",
    says: { kind: "gap", covers: hashOf("secret"), topics: ["water"] },
    hears: NO_AUDIT,
  },
  {
    what: "of a gap in an audit of another site",
    says: { kind: "gap", covers: hashOf("audit elsewhere"), topics: ["water"] },
    hears: NO_AUDIT,
  },
  {
    what: "of a gap that names nothing",
    says: { kind: "gap", covers: hashOf("audit") },
    hears: "admission topics: must name what is missing",
  },
  {
    what: "of a gap in nothing",
    says: { kind: "gap", topics: ["water"] },
    hears: "admission covers: is there in a gap audit, and only there",
  },
  { what: "that changes its own", says: { re: hashOf("ours") }, hears: "admitted" },
  {
    what: "that changes another's",
    says: { re: hashOf("theirs") },
    hears: "admission re: no intent of yours that stands for this site",
  },
  { what: "that joins a plan that was offered", says: { joins: hashOf("plan of theirs") }, hears: "admitted" },
  { what: "that joins a plan that is none", says: { joins: hashOf("plan of nobody") }, hears: NO_PLAN },
  {
    what: "that joins a plan that others may not join",
    says: { joins: hashOf("plan of theirs, shut") },
    hears: NO_PLAN,
  },
  {
    what: "that joins a plan whose window has begun",
    says: { joins: hashOf("plan of theirs, begun") },
    hears: NO_PLAN,
  },
  {
    what: "that joins a plan under another scheme",
    says: { joins: hashOf("plan of theirs, under another scheme") },
    hears: NO_PLAN,
  },
  { what: "that joins a plan of other days", says: { joins: hashOf("plan of theirs, in summer") }, hears: NO_PLAN },
  {
    what: "that joins a plan whose cost is recorded",
    says: { joins: hashOf("plan of theirs, settled") },
    hears: NO_PLAN,
  },
  { what: "that joins by what a joiner has", says: { joins: hashOf("plan of a joiner's") }, hears: NO_PLAN },
  { what: "that joins its own plan", says: { joins: hashOf("plan of ours") }, hears: NO_PLAN },
  {
    what: "that joins a plan among four members",
    says: { joins: hashOf("plan of theirs") },
    over: { active: 4 },
    hears: NO_PLAN,
  },
];

describe("an intent", () => {
  test.each(rows)("$what: $hears", ({ says = {}, by = birch, reason, over, hears }) => {
    const { re, sub = by, ...own } = says;
    const claims = { ...intent, ...own, sub, ...(re !== undefined && { re }) };
    const statement = said(by, claims, { sections: sections(reason ?? {}) });
    expect(heard(admitIntent, statement, facts({ intended: intended(over) }))).toBe(hears);
  });

  test("with a section that is not complete is refused: it has to be counted later", () => {
    const statement = said(birch, intent, { sections: sections({}, "withheld") });
    expect(heard(admitIntent, statement, facts({ intended: intended() }))).toContain("not complete");
  });
});

describe("an intent that an audit covers", () => {
  const audit = {
    own: false,
    scheme: SMETA,
    schemeVersion: "7.0",
    auditFrom: "2026-12-01",
    validUntil: "2027-12-01",
    announcement: "announced",
    topics: ["wages"],
    accreditation: null,
    provenance: "auditor-signed",
  };
  const around = (over: Partial<SiteHearing> = {}, known: string[] = []) =>
    facts({
      intended: intended({ sites: new Map([[site, { ...hearing, plans: [], audits: [audit], ...over }]]) }),
      known: new Set(known),
    });
  const need = (over: Partial<IntentClaims> = {}, type = "intent") =>
    said(birch, { ...intent, topics: ["wages"], ...over }, { row: { type } as never });
  const refusal = (
    ...[statement, facts]: Parameters<typeof coveredRefusal> extends [infer S, infer F, string] ? [S, F] : never
  ) => coveredRefusal(statement, facts, hashOf("it"))?.reason ?? null;

  test.each([
    { what: "is refused", statement: need(), facts: around(), hears: "already-covered" },
    { what: "is taken for a reason", statement: need({ anyway: true }), facts: around(), hears: null },
    {
      what: "is taken where the audit lacks a topic",
      statement: need({ topics: ["wages", "water"] }),
      facts: around(),
      hears: null,
    },
    {
      what: "is taken where the audit is over by then",
      statement: need({ from: "2027-12-02", until: "2028-01-31" }),
      facts: around(),
      hears: null,
    },
    { what: "is taken under another scheme", statement: need({ schemes: ["house"] }), facts: around(), hears: null },
    { what: "is taken where nothing is on file", statement: need(), facts: around({ audits: [] }), hears: null },
    { what: "is what it was when it is sent again", statement: need(), facts: around({}, [hashOf("it")]), hears: null },
    { what: "is no other type", statement: need({}, "request"), facts: around(), hears: null },
  ])("$what", ({ statement, facts, hears }) => {
    expect(refusal(statement, facts)).toBe(hears);
  });
});
