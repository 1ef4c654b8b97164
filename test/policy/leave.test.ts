import { knowsOf, NOTHING_ASKED } from "@quasarix/shared/policy/asked.ts";
import { deniedAttempts, sayDenied } from "@quasarix/shared/policy/denied.ts";
import type { AuditFacts, Grant } from "@quasarix/shared/policy/facts.ts";
import { admitOperator } from "@quasarix/shared/policy/operator.ts";
import { claimsOf } from "@quasarix/shared/policy/own-claims.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import { isPurpose } from "@quasarix/shared/policy/purposes.ts";
import { decideReserve } from "@quasarix/shared/policy/reserve.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import { GRANTABLE_SECTIONS, isAuditSection, PRESETS } from "@quasarix/shared/policy/sections.ts";
import { type DossierFacts, decideWalk, walkConsortium } from "@quasarix/shared/policy/walk.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { describe, expect, test } from "vitest";
import { said } from "./author-world.ts";

const who = (org: string, over: Partial<Principal> = {}): Principal => ({
  org,
  kind: "member",
  isOperator: false,
  suspended: false,
  door: "assertion",
  ...over,
});
const [mill, cedar, office] = [
  who("org_mill", { kind: "supplier" }),
  who("org_cedar"),
  who("org_office", { kind: "operator", isOperator: true }),
];
const suspended = (one: Principal): Principal => ({ ...one, suspended: true });

const grant = { grantor: "org_mill", grantee: "org_cedar", notBefore: 10, notAfter: 20, revoked: false };
const site = (over: Partial<DossierFacts> = {}): DossierFacts => ({
  subject: "site_1",
  kind: "site",
  supplier: "org_mill",
  isAuthor: false,
  isPooled: false,
  reciprocityDays: null,
  contributedAt: null,
  grants: [],
  ...over,
});
const own: DossierFacts = { ...site(), subject: "org_cedar", kind: "organisation", supplier: null };

describe("leave to walk through a dossier", () => {
  test.each<{ what: string; facts: DossierFacts | null; by: Principal; at?: number; may: boolean }>([
    { what: "that is not there", facts: null, by: mill, may: false },
    { what: "of one's own organisation", facts: own, by: cedar, may: true },
    { what: "of one's own, suspended", facts: own, by: suspended(cedar), may: false },
    { what: "of another organisation", facts: own, by: mill, may: false },
    { what: "of another organisation, in whose it signed", facts: { ...own, isAuthor: true }, by: mill, may: false },
    { what: "of a site, by its supplier", facts: site(), by: mill, may: true },
    { what: "of a site, by an author in it", facts: site({ isAuthor: true }), by: who("org_firm"), may: true },
    { what: "of a site, by a stranger", facts: site(), by: cedar, may: false },
    { what: "of a site of the pool, by a member", facts: site({ isPooled: true }), by: cedar, may: true },
    {
      what: "of a site of the pool, by an auditor",
      facts: site({ isPooled: true }),
      by: who("org_firm", { kind: "auditor" }),
      may: false,
    },
    {
      what: "of the pool, by a member that contributed nothing, where that is asked",
      facts: site({ isPooled: true, reciprocityDays: 1 }),
      by: cedar,
      may: false,
    },
    {
      what: "of the pool, by a member whose contribution is just recent enough",
      facts: site({ isPooled: true, reciprocityDays: 1, contributedAt: 0 }),
      by: cedar,
      at: 86_399_999,
      may: true,
    },
    {
      what: "of the pool, by a member whose contribution is too old",
      facts: site({ isPooled: true, reciprocityDays: 1, contributedAt: 0 }),
      by: cedar,
      at: 86_400_000,
      may: false,
    },
    {
      what: "under a grant to all members, by one that contributed nothing, where that is asked",
      facts: site({ grants: [{ ...grant, grantee: "members" }], reciprocityDays: 1 }),
      by: cedar,
      may: false,
    },
    {
      what: "under a grant of its own, by one that contributed nothing, where that is asked",
      facts: site({ grants: [grant], reciprocityDays: 1 }),
      by: cedar,
      may: true,
    },
    { what: "under a grant as it begins", facts: site({ grants: [grant] }), by: cedar, at: 10, may: true },
    { what: "under a grant before it begins", facts: site({ grants: [grant] }), by: cedar, at: 9, may: false },
    { what: "under a grant as it ends", facts: site({ grants: [grant] }), by: cedar, at: 20, may: false },
    { what: "under another's grant", facts: site({ grants: [grant] }), by: who("org_birch"), may: false },
    {
      what: "under a grant of an earlier supplier",
      facts: site({ grants: [{ ...grant, grantor: "org_old" }] }),
      by: cedar,
      may: false,
    },
    {
      what: "under the second of two grants",
      facts: site({ grants: [{ ...grant, revoked: true }, grant] }),
      by: cedar,
      may: true,
    },
  ])("$what: $may", ({ facts, by, at = 15, may }) => {
    expect(decideWalk(facts, by, at)).toEqual(may ? { subject: facts?.subject } : null);
  });

  test("the consortium's is open to all", () => {
    expect(walkConsortium("log.example")).toEqual({ subject: "log.example" });
  });
});

describe("leave to know of an audit", () => {
  const given: Grant = {
    ...grant,
    id: "grant-1",
    site: "site_1",
    audit: null,
    sections: ["existence"],
    purposes: ["regulatory-evidence"],
  };
  const facts = (grants: readonly Grant[]): AuditFacts => ({
    audit: "audit-1",
    site: "site_1",
    author: "org_firm",
    submitter: null,
    supplier: "org_mill",
    right: "supplier-own",
    disputed: false,
    rulebook: FIRST_RULEBOOK,
    terms: null,
    finalAt: null,
    contributedAt: null,
    grants,
    consents: [],
    factsVersion: 1,
  });

  test.each([
    { what: "under a grant for any purpose", grants: [given], by: cedar, may: true },
    {
      what: "under a grant of another section",
      grants: [{ ...given, sections: ["scores"] as const }],
      by: cedar,
      may: false,
    },
    { what: "without a grant", grants: [], by: cedar, may: false },
    { what: "as the supplier", grants: [], by: mill, may: true },
    { what: "suspended", grants: [given], by: suspended(cedar), may: false },
  ])("$what: $may", ({ grants, by, may }) => {
    expect(knowsOf(facts(grants), by, 15)).toBe(may);
  });
});

describe("leave to reserve", () => {
  test.each<{ kind: "organisation" | "site"; name: string; by: Principal; may: boolean }>([
    { kind: "organisation", name: "the operator", by: office, may: true },
    { kind: "site", name: "the operator", by: office, may: true },
    { kind: "site", name: "a suspended operator", by: suspended(office), may: false },
    { kind: "site", name: "a supplier", by: mill, may: true },
    { kind: "organisation", name: "a supplier", by: mill, may: false },
    { kind: "site", name: "a member", by: cedar, may: false },
    { kind: "site", name: "a kind that nobody knows", by: who("org_x", { kind: "x" }), may: false },
  ])("$kind, for $name: $may", ({ kind, by, may }) => {
    expect(decideReserve(by, kind)).toEqual(may ? { org: by.org, kind } : null);
  });
});

test.each([
  ["the operator", office, { reason: "fsck" }],
  ["a suspended operator", suspended(office), null],
  ["a member", cedar, null],
] as const)("leave to look at every row's place, for %s", (_who, by, is) => {
  expect(admitOperator(by)).toEqual(is);
});

describe("denied attempts", () => {
  const refusal = (why: string, target?: string): Failure => ({
    reason: "not-permitted",
    action: "audit:read",
    why,
    ...(target !== undefined && { target }),
  });

  test("are counted by what was tried and why, in one word", () => {
    const failures = [
      refusal("embargo not-granted", "a"),
      refusal("embargo", "a"),
      refusal("embargo", "b"),
      refusal("refused", "b"),
      refusal("only a supplier grants"),
      { reason: "unknown-route" } as const,
    ];
    expect(deniedAttempts(failures)).toEqual([
      { action: "audit:read", target: "a", why: "embargo", times: 2 },
      { action: "audit:read", target: "b", why: "embargo", times: 1 },
      { action: "audit:read", target: "b", why: null, times: 1 },
      { action: "audit:read", target: "", why: null, times: 1 },
    ]);
  });

  test.each([
    ["missing", "there is no such record"],
    ["toString", "for a reason that this version does not know"],
  ])("%s: %s", (word, says) => {
    expect(sayDenied(word)).toBe(says);
  });
});

test("the claims of a type are those that no statement has of itself", () => {
  const frame = { seen: 1, re: "r", _sd: [], sections: {} };
  const statement = said("org_mill", { ...frame, opens: "x", mine: 1, ["__proto__"]: 2 });
  expect(claimsOf(statement, "opens")).toEqual(JSON.parse('{"mine":1,"__proto__":2}'));
});

test("sections and purposes are known by their names alone", () => {
  expect(["existence", "toString", ""].map(isAuditSection)).toEqual([true, false, false]);
  expect(["due-diligence", "toString", ""].map(isPurpose)).toEqual([true, false, false]);
  expect(GRANTABLE_SECTIONS).not.toContain("commercial");
  expect(GRANTABLE_SECTIONS).toHaveLength(7);
});

test("each preset opens more than the one before", () => {
  expect(PRESETS.summary).toEqual(["existence", "scores"]);
  expect(PRESETS.findings).toEqual([...PRESETS.summary, "findings", "plans"]);
  expect(PRESETS.full).toEqual(GRANTABLE_SECTIONS);
});

test("before the first rulebook the supplier decides, and sees who reads", () => {
  expect(FIRST_RULEBOOK).toEqual({
    statement: null,
    mode: "supplier-consent",
    receipts: { show: "named" },
    requesters: "a-member",
    reciprocityDays: null,
    embargo: "none",
  });
});

test("a batch without requests asks for nothing", () => {
  expect(NOTHING_ASKED).toEqual({ now: 0, grants: [], open: [], knows: new Set() });
});
