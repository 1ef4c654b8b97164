import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { admitAnswer, admitRequest } from "@quasarix/shared/policy/admit-request.ts";
import { type AskedFacts, NOTHING_ASKED } from "@quasarix/shared/policy/asked.ts";
import type { AuthorFacts, OrgFacts, TargetFacts } from "@quasarix/shared/policy/author-facts.ts";
import type { Grant } from "@quasarix/shared/policy/facts.ts";
import { NOTHING_INTENDED } from "@quasarix/shared/policy/intended.ts";
import { NOTHING_RECOGNISED } from "@quasarix/shared/policy/recognised.ts";
import type { AnswerClaims, RequestClaims } from "@quasarix/shared/policy/request.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import { NO_MERGES } from "@quasarix/shared/registry/resolve.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { problemOf } from "@quasarix/shared/wire/problem.ts";
import { describe, expect, test } from "vitest";

const hashOf = (name: string): string => base64url(sha256(utf8(name)));
const idOf = (prefix: "org" | "site", name: string): string =>
  `${prefix}_${base64url(sha256(utf8(name)).slice(0, 16))}`;

const NOON = 1_790_000_000_000;
const DAY = 86_400_000;
const UNTIL = NOON + 10 * DAY;
const [mill, spinner, birch, firm] = ["mill", "spinner", "birch", "firm"].map((name) => idOf("org", name)) as [
  string,
  string,
  string,
  string,
];
const site = idOf("site", "Mill 1");
const mill2 = idOf("site", "Mill 2");
const audit = hashOf("audit");
const request = hashOf("request");

const org = (id: string, kind: string): OrgFacts => ({ id, kind, isOperator: false, suspended: false, admits: [] });
const target = (over: Partial<TargetFacts>): TargetFacts => ({
  hash: audit,
  index: 1,
  issuer: firm,
  type: "audit",
  subject: site,
  revoked: false,
  submitter: null,
  asks: null,
  reports: null,
  opens: false,
  ...over,
});
const ASKS = { site, sections: ["existence", "scores"], purposes: ["due-diligence"], until: UNTIL } as const;

const facts = (asked: Partial<AskedFacts> = {}, over: Partial<AuthorFacts> = {}): AuthorFacts => ({
  origin: "log.example",
  orgs: new Map(),
  keys: new Map(),
  subjects: new Map(),
  sites: new Map([
    [site, mill],
    [mill2, mill],
  ]),
  targets: new Map([
    [audit, target({})],
    [request, target({ hash: request, issuer: birch, type: "request", subject: birch, asks: ASKS })],
  ]),
  rulebook: FIRST_RULEBOOK,
  known: new Set(),
  recognised: NOTHING_RECOGNISED,
  intended: NOTHING_INTENDED,
  frameworks: new Map(),
  merges: NO_MERGES,
  ...over,
  asked: { ...NOTHING_ASKED, now: NOON, ...asked },
});

const said = (sub: string, claims: object, re?: string): Statement =>
  ({ claims: { iss: sub, sub, ...(re && { re }), ...claims } }) as unknown as Statement;
const asks = (over: Partial<RequestClaims> = {}): RequestClaims => ({
  site,
  requestSections: ["existence", "scores"],
  purposes: ["due-diligence"],
  until: UNTIL,
  ...over,
});
const grant = (over: Partial<Grant> = {}): Grant => ({
  id: "grant-1",
  grantor: mill,
  grantee: "members",
  site,
  audit: null,
  sections: ["existence", "scores", "findings"],
  purposes: ["due-diligence", "audit-avoidance"],
  notBefore: NOON,
  notAfter: UNTIL,
  revoked: false,
  ...over,
});

/** What the caller hears: the problem's name and detail. */
const heard = (failure: ReturnType<typeof admitRequest>): string => {
  if (!failure) return "taken";
  const { type, detail = "" } = problemOf(failure);
  return `${type.replace("/problems/", "")} ${detail}`.trim();
};

describe("a request", () => {
  test.each<{ what: string; by?: OrgFacts; sub?: string; over?: Partial<RequestClaims>; knows?: string[]; is: string }>(
    [
      { what: "of a member", is: "taken" },
      { what: "of a supplier", by: org(mill, "supplier"), is: "not-found" },
      { what: "of an auditor", by: org(firm, "auditor"), is: "not-found" },
      { what: "of a kind that nobody knows", by: org(firm, "broker"), is: "not-found" },
      { what: "in another's dossier", sub: mill, is: "not-found" },
      {
        what: "for a site that is not there",
        over: { site: idOf("site", "none") },
        is: "invalid-statement admission: no such site at site",
      },
      { what: "for an audit that it knows", over: { audit }, knows: [audit], is: "taken" },
      {
        what: "for an audit that it may not know of",
        over: { audit },
        is: "invalid-statement admission: no such audit of this site at audit",
      },
      {
        what: "for an audit that is not there",
        over: { audit: hashOf("none") },
        is: "invalid-statement admission: no such audit of this site at audit",
      },
      {
        what: "for `commercial`, which nobody can give",
        over: { requestSections: ["commercial"] as never },
        is: "invalid-statement admission: Invalid option: expected one of",
      },
      {
        what: "until this very moment",
        over: { until: NOON },
        is: "invalid-statement admission: must lie ahead at until",
      },
      { what: "until the next one", over: { until: NOON + 1 }, is: "taken" },
    ],
  )("$what: $is", ({ by = org(birch, "member"), sub = by.id, over, knows = [], is }) => {
    const told = heard(admitRequest(said(sub, asks(over)), by, facts({ knows: new Set(knows) })));
    expect(told.startsWith(is)).toBe(true);
  });

  test("for an audit of another site is refused, known or not", () => {
    const elsewhere = target({ subject: idOf("site", "Spinnery") });
    const around = facts({ knows: new Set([audit]) }, { targets: new Map([[audit, elsewhere]]) });
    const told = heard(admitRequest(said(birch, asks({ audit })), org(birch, "member"), around));
    expect(told).toBe("invalid-statement admission: no such audit of this site at audit");
  });
});

describe("what is granted already", () => {
  const RECIPROCAL = { ...FIRST_RULEBOOK, reciprocityDays: 365 };
  const two = [
    grant({ id: "one", sections: ["existence"] }),
    grant({ id: "two", sections: ["scores"], grantee: birch }),
  ];
  const rows: { what: string; grants: Grant[]; over?: Partial<RequestClaims>; rules?: object; is: string }[] = [
    { what: "one grant that gives more", grants: [grant()], is: "already-granted by `grant-1`" },
    { what: "two that give it together", grants: two, is: "already-granted by `one`, `two`" },
    { what: "a section short", grants: [grant({ sections: ["existence"] })], is: "taken" },
    { what: "a purpose short", grants: [grant({ purposes: ["audit-avoidance"] })], is: "taken" },
    { what: "ends a millisecond earlier", grants: [grant({ notAfter: UNTIL - 1 })], is: "taken" },
    { what: "begins a millisecond later", grants: [grant({ notBefore: NOON + 1 })], is: "taken" },
    { what: "was revoked", grants: [grant({ revoked: true })], is: "taken" },
    { what: "of another site", grants: [grant({ site: mill2 })], is: "taken" },
    { what: "of one audit, where all are asked for", grants: [grant({ audit })], is: "taken" },
    { what: "of the very audit", grants: [grant({ audit })], over: { audit }, is: "already-granted by `grant-1`" },
    {
      what: "of all audits, where one is asked for",
      grants: [grant()],
      over: { audit },
      is: "already-granted by `grant-1`",
    },
    { what: "of whoever is not the site's supplier", grants: [grant({ grantor: spinner })], is: "taken" },
    { what: "to another member", grants: [grant({ grantee: firm })], is: "taken" },
    {
      what: "to all members, of whom only those that contribute read",
      grants: [grant()],
      rules: RECIPROCAL,
      is: "taken",
    },
    {
      what: "by name, where only those that contribute read what is for all",
      grants: [grant({ grantee: birch })],
      rules: RECIPROCAL,
      is: "already-granted by `grant-1`",
    },
    {
      what: "each section for one of the purposes alone",
      grants: [
        grant({ purposes: ["due-diligence"] }),
        grant({ sections: ["existence"], purposes: ["audit-avoidance"] }),
      ],
      over: { purposes: ["due-diligence", "audit-avoidance"] },
      is: "taken",
    },
  ];
  test.each(rows)("$what: $is", ({ grants, over = {}, rules = {}, is }) => {
    const around = facts({ grants, knows: new Set([audit]) }, { rulebook: { ...FIRST_RULEBOOK, ...rules } });
    expect(heard(admitRequest(said(birch, asks(over)), org(birch, "member"), around))).toBe(is);
  });
});

describe("what waits for its answer", () => {
  const open = {
    hash: "first",
    site,
    audit: null,
    sections: ["scores", "existence"],
    purposes: ["due-diligence"],
  } as const;
  test.each<{ what: string; over: Partial<RequestClaims>; is: string }>([
    {
      what: "the same, in another order, for longer",
      over: { until: UNTIL + DAY },
      is: "already-asked the request is `first`",
    },
    { what: "for a section more", over: { requestSections: ["existence", "scores", "plans"] }, is: "taken" },
    { what: "for another section beside one of them", over: { requestSections: ["existence", "plans"] }, is: "taken" },
    { what: "for a section less", over: { requestSections: ["existence"] }, is: "taken" },
    { what: "for another purpose", over: { purposes: ["audit-avoidance"] }, is: "taken" },
    { what: "for another site", over: { site: mill2 }, is: "taken" },
    { what: "for one audit of the site", over: { audit }, is: "taken" },
  ])("$what: $is", ({ over, is }) => {
    const around = facts({ open: [open], knows: new Set([audit]) });
    expect(heard(admitRequest(said(birch, asks(over)), org(birch, "member"), around))).toBe(is);
  });
});

describe("an answer", () => {
  const opens = (over: Partial<NonNullable<AnswerClaims["opens"]>> = {}): NonNullable<AnswerClaims["opens"]> => ({
    grantSections: ["existence", "scores"],
    purposes: ["due-diligence"],
    notBefore: NOON,
    notAfter: UNTIL,
    ...over,
  });
  const ONLY_THEN = "invalid-statement admission: is there with `yes` and `partly`, and only then at opens";
  const NONE = "invalid-statement admission: no such request to you at re";
  const SHORT = "invalid-statement admission: `yes` opens all that was asked; else say `partly` at opens";
  test.each<{
    what: string;
    claims: object;
    asks?: TargetFacts["asks"];
    by?: string;
    sub?: string;
    re?: string;
    is: string;
  }>([
    { what: "yes, to all of it", claims: { answer: "yes", opens: opens() }, is: "taken" },
    {
      what: "yes, and more, for longer",
      claims: { answer: "yes", opens: opens({ grantSections: ["existence", "scores", "plans"], notAfter: UNTIL + 1 }) },
      is: "taken",
    },
    { what: "yes, a section short", claims: { answer: "yes", opens: opens({ grantSections: ["scores"] }) }, is: SHORT },
    { what: "yes, a millisecond short", claims: { answer: "yes", opens: opens({ notAfter: UNTIL - 1 }) }, is: SHORT },
    {
      what: "yes, for another purpose",
      claims: { answer: "yes", opens: opens({ purposes: ["audit-avoidance"] }) },
      is: SHORT,
    },
    {
      what: "yes, for one of the two purposes",
      claims: { answer: "yes", opens: opens() },
      asks: { ...ASKS, purposes: ["due-diligence", "audit-avoidance"] },
      is: SHORT,
    },
    { what: "partly", claims: { answer: "partly", opens: opens({ grantSections: ["plans"] }) }, is: "taken" },
    { what: "later", claims: { answer: "later" }, is: "taken" },
    { what: "no, with a reason", claims: { answer: "no", reason: "Not this year." }, is: "taken" },
    { what: "help", claims: { answer: "help" }, is: "taken" },
    { what: "yes that opens nothing", claims: { answer: "yes" }, is: ONLY_THEN },
    {
      what: "no that opens something",
      claims: { answer: "no", opens: opens() },
      is: ONLY_THEN,
    },
    { what: "of another supplier", by: spinner, claims: { answer: "no" }, is: NONE },
    { what: "to no request", re: hashOf("none"), claims: { answer: "no" }, is: NONE },
    { what: "to an audit", re: audit, claims: { answer: "no" }, is: NONE },
    { what: "in another's dossier", sub: birch, claims: { answer: "no" }, is: "not-found" },
  ])("$what: $is", ({ claims, asks = ASKS, by = mill, sub = by, re = request, is }) => {
    const targets = new Map([...facts().targets, [request, target({ hash: request, type: "request", asks })]]);
    const told = heard(admitAnswer(said(sub, claims, re), org(by, "supplier"), facts({}, { targets })));
    expect(told.startsWith(is)).toBe(true);
  });

  test("to nothing at all is refused", () => {
    const told = heard(admitAnswer(said(mill, { answer: "no" }), org(mill, "supplier"), facts()));
    expect(told).toBe(NONE);
  });
});
