import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { Rule } from "@quasarix/shared/policy/admit-rule.ts";
import { NOTHING_ASKED } from "@quasarix/shared/policy/asked.ts";
import type { AuthorFacts, OrgFacts, SubjectFacts, TargetFacts } from "@quasarix/shared/policy/author-facts.ts";
import { NOTHING_INTENDED } from "@quasarix/shared/policy/intended.ts";
import { NOTHING_RECOGNISED } from "@quasarix/shared/policy/recognised.ts";
import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import { NO_MERGES } from "@quasarix/shared/registry/resolve.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { describe, expect, test } from "vitest";

export const hashOf = (name: string): string => base64url(sha256(utf8(name)));
export const idOf = (prefix: "org" | "site", name: string): string =>
  `${prefix}_${base64url(sha256(utf8(name)).slice(0, 16))}`;

export const ORIGIN = "log.example/test";
export const [mill, spinner, birch, cedar, firm, office, broker] = [
  "mill",
  "spinner",
  "birch",
  "cedar",
  "firm",
  "office",
  "broker",
].map((name) => idOf("org", name)) as [string, string, string, string, string, string, string];
export const [site, elsewhere, nowhere] = ["1", "2", "3"].map((name) => idOf("site", name)) as [string, string, string];
/** What `office` reserved. */
export const [newOrg, newSite, openedSite] = [idOf("org", "new"), idOf("site", "new"), idOf("site", "opened")];

export const org = (id: string, kind: string, over: Partial<OrgFacts> = {}): [string, OrgFacts] => [
  id,
  { id, kind, isOperator: false, suspended: false, admits: [], ...over },
];
export const target = (name: string, over: Partial<TargetFacts>): [string, TargetFacts] => [
  hashOf(name),
  {
    hash: hashOf(name),
    issuer: firm,
    type: "audit",
    subject: site,
    index: 10,
    revoked: false,
    submitter: null,
    asks: null,
    opens: false,
    reports: null,
    ...over,
  },
];
const reserved = (id: string, kind: string, opened = false): [string, SubjectFacts] => [
  id,
  { id, kind, commitment: hashOf(`dossier of ${id}`), reservedBy: office, opened },
];

export const facts = (over: Partial<AuthorFacts> = {}): AuthorFacts => ({
  origin: ORIGIN,
  orgs: new Map([
    org(mill, "supplier"),
    org(spinner, "supplier"),
    org(birch, "member"),
    org(cedar, "member"),
    org(firm, "auditor", { admits: [hashOf("first key")] }),
    org(office, "operator", { isOperator: true }),
    org(broker, "of a kind that nobody knows"),
  ]),
  keys: new Map(),
  subjects: new Map([reserved(newOrg, "organisation"), reserved(newSite, "site"), reserved(openedSite, "site", true)]),
  sites: new Map([
    [site, mill],
    [elsewhere, spinner],
  ]),
  targets: new Map([
    target("audit", {}),
    target("audit elsewhere", { subject: elsewhere }),
    target("copy", { issuer: ORIGIN, submitter: birch }),
    target("report", { type: "submission", issuer: birch, subject: birch, submitter: birch }),
    target("request of birch", { type: "request", issuer: birch, subject: birch }),
    ...["grant", "consent", "terms", "request"].map((type) => target(type, { type, issuer: mill, subject: mill })),
    target("yes", { type: "answer", issuer: mill, subject: mill, opens: true }),
    target("no", { type: "answer", issuer: mill, subject: mill }),
    target("ended grant", { type: "grant", issuer: mill, subject: mill, revoked: true }),
  ]),
  merges: NO_MERGES,
  rulebook: FIRST_RULEBOOK,
  asked: NOTHING_ASKED,
  recognised: NOTHING_RECOGNISED,
  intended: NOTHING_INTENDED,
  frameworks: new Map(),
  known: new Set(),
  ...over,
});

export const POOL: Rulebook = { ...FIRST_RULEBOOK, statement: hashOf("rulebook"), mode: "pool" };

/** A statement as far as a rule looks at it: its frame and its own claims. */
export const said = (iss: string, claims: object, over: Partial<Statement> = {}): Statement => {
  const frame = { iss, sub: iss, iat: 1, jti: "", vct: "", _sd_alg: "sha-256" as const };
  return { kid: hashOf("a key"), text: "", sections: new Map(), ...over, claims: { ...frame, ...claims } } as Statement;
};

/** What the author hears: `admitted`, or why not, and at which claim. */
export function heard(rule: Rule, statement: Statement, around: AuthorFacts = facts()): string {
  const author = around.orgs.get(statement.claims.iss);
  if (!author) throw new Error("nobody says this");
  const failure = rule(statement, author, around);
  if (!failure) return "admitted";
  if (failure.reason === "not-permitted") return `${failure.action}: ${failure.why}`;
  if (failure.reason === "invalid-statement") return `${failure.step} ${failure.at ?? "?"}: ${failure.why}`;
  return failure.reason;
}

export type Case = readonly [what: string, who: string, claims: object, is: string, around?: Partial<AuthorFacts>];

/** One test a case: what the author hears of these claims under the rule. */
export const told = (name: string, rule: Rule, cases: readonly Case[]) =>
  describe(name, () => {
    test.each(cases.map(([what, who, claims, is, around]) => ({ what, who, claims, is, around })))(
      "$what: $is",
      (one) => {
        expect(heard(rule, said(one.who, one.claims), facts(one.around))).toBe(one.is);
      },
    );
  });
