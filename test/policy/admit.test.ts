import { base64url } from "@quasarix/shared/base64.ts";
import { admit, admitFounding, admitPlatform } from "@quasarix/shared/policy/admit.ts";
import { admitConsent, admitRulebook, admitTerms } from "@quasarix/shared/policy/admit-access.ts";
import { admitGrant, admitRevoke } from "@quasarix/shared/policy/admit-grant.ts";
import { refused } from "@quasarix/shared/policy/admit-rule.ts";
import { catalogueRow, vctOf } from "@quasarix/shared/statement/catalogue.ts";
import type { Section } from "@quasarix/shared/statement/sections.ts";
import { describe, expect, test } from "vitest";
import {
  birch,
  type Case,
  cedar,
  elsewhere,
  facts,
  hashOf,
  heard,
  idOf,
  mill,
  nowhere,
  ORIGIN,
  office,
  POOL,
  said,
  site,
  spinner,
  told,
} from "./author-world.ts";

const grant = {
  grantee: birch,
  site,
  grantSections: ["existence"],
  purposes: ["due-diligence"],
  notBefore: 1,
  notAfter: 2,
};
const UNKNOWN = 'Unrecognized key: "more"';
const TWICE = ["existence", "existence"];
const PAIR = ["due-diligence", "due-diligence"];
const OF_SITE = "admission audit: no such audit of this site";

told("a grant", admitGrant, [
  ["of a site's supplier to a member", mill, grant, "admitted"],
  ["to all members", mill, { ...grant, grantee: "members" }, "admitted"],
  ["of one audit", mill, { ...grant, audit: hashOf("audit") }, "admitted"],
  ["that ends when it begins", mill, { ...grant, notAfter: 1 }, "admission notAfter: must end after it begins"],
  [
    "of a section twice",
    mill,
    { ...grant, grantSections: TWICE },
    "admission grantSections: must not repeat a section",
  ],
  ["for a purpose twice", mill, { ...grant, purposes: PAIR }, "admission purposes: must not repeat a purpose"],
  ["with a claim of its own", mill, { ...grant, more: 1 }, `admission : ${UNKNOWN}`],
  ["in another's dossier", mill, { ...grant, sub: spinner }, "statement:add: a grant stands in its grantor's dossier"],
  ["for another's site", mill, { ...grant, site: elsewhere }, "statement:add: only a site's supplier grants"],
  ["for no site", mill, { ...grant, site: nowhere }, "statement:add: only a site's supplier grants"],
  ["of a member", birch, grant, "statement:add: only a site's supplier grants"],
  ["to nobody known", mill, { ...grant, grantee: idOf("org", "none") }, "admission grantee: no such organisation"],
  ["of an audit elsewhere", mill, { ...grant, audit: hashOf("audit elsewhere") }, OF_SITE],
  ["of what is no audit", mill, { ...grant, audit: hashOf("grant") }, OF_SITE],
  ["of an audit that is not there", mill, { ...grant, audit: hashOf("none") }, OF_SITE],
]);

const NOT_GIVEN = "admission re: nothing of yours that can be revoked";
told("a revocation", admitRevoke, [
  ...["grant", "consent", "terms", "yes"].map((name): Case => [`of ${name}`, mill, { re: hashOf(name) }, "admitted"]),
  ["of an answer that opened nothing", mill, { re: hashOf("no") }, NOT_GIVEN],
  ["of a request", mill, { re: hashOf("request") }, NOT_GIVEN],
  ["of nothing", mill, {}, NOT_GIVEN],
  ["of what is not there", mill, { re: hashOf("none") }, NOT_GIVEN],
  ["of another's grant", spinner, { re: hashOf("grant") }, NOT_GIVEN],
  ["of what was revoked", mill, { re: hashOf("ended grant") }, "admission re: this is revoked already"],
  ["with a claim of its own", mill, { re: hashOf("grant"), more: 1 }, `admission : ${UNKNOWN}`],
  [
    "in another's dossier",
    mill,
    { re: hashOf("grant"), sub: spinner },
    "statement:add: a revocation stands in its grantor's dossier",
  ],
]);

const rulebook = {
  sub: ORIGIN,
  mode: "pool",
  receipts: { show: "named" },
  requesters: "named",
  reciprocityDays: null,
  embargo: "none",
};
told("a rulebook", admitRulebook, [
  ["of the operator", office, rulebook, "admitted"],
  ["with delayed receipts", office, { ...rulebook, receipts: { show: "delayed", days: 30 } }, "admitted"],
  ["with receipts by category", office, { ...rulebook, receipts: { show: "category" } }, "admitted"],
  [
    "with reciprocity and an embargo",
    office,
    { ...rulebook, reciprocityDays: 365, embargo: "until-final" },
    "admitted",
  ],
  ["of a member", birch, rulebook, "statement:add: only the operator publishes the rulebook"],
  ["with a claim of its own", office, { ...rulebook, more: 1 }, `admission : ${UNKNOWN}`],
]);

test.each([
  ["receipts/days", { receipts: { show: "delayed", days: 0 } }],
  ["receipts/days", { receipts: { show: "delayed", days: 366 } }],
  ["receipts/days", { receipts: { show: "delayed" } }],
  ["receipts", { receipts: { show: "category", days: 3 } }],
  ["receipts", { receipts: { show: "named", days: 3 } }],
  ["reciprocityDays", { reciprocityDays: 0 }],
  ["reciprocityDays", { reciprocityDays: 3_651 }],
  ["mode", { mode: "all" }],
  ["requesters", { requesters: "all" }],
  ["embargo", { embargo: "all" }],
])("a rulebook is refused at %s: %j", (at, over) => {
  expect(heard(admitRulebook, said(office, { ...rulebook, ...over }))).toMatch(new RegExp(`^admission ${at}:`));
});

const terms = { site, rulebook: hashOf("rulebook") };
told("a supplier's terms", admitTerms, [
  ["under the rulebook in force", mill, terms, "admitted", { rulebook: POOL }],
  ["in another's dossier", mill, { ...terms, sub: site }, "statement:add: terms stand in their supplier's dossier"],
  ["for another's site", spinner, terms, "statement:add: only a site's supplier signs its terms", { rulebook: POOL }],
  ["with a claim of its own", mill, { ...terms, more: 1 }, `admission : ${UNKNOWN}`],
  [
    "under an older rulebook",
    mill,
    { ...terms, rulebook: hashOf("old") },
    "admission rulebook: not the rulebook that is in force",
    { rulebook: POOL },
  ],
  [
    "where there is no pool",
    mill,
    terms,
    "admission rulebook: the rulebook that is in force has no pool",
    { rulebook: { ...POOL, mode: "supplier-consent" } },
  ],
]);

const consent = { audit: hashOf("copy"), consentSections: ["existence"], notBefore: 1, notAfter: 2 };
const NOT_YOURS = "admission audit: no such audit that you handed in";
told("a buyer's consent", admitConsent, [
  ["of the member that handed it in", birch, consent, "admitted"],
  ["of another member", cedar, consent, NOT_YOURS],
  ["to an audit that nobody handed in", birch, { ...consent, audit: hashOf("audit") }, NOT_YOURS],
  ["to its own report", birch, { ...consent, audit: hashOf("report") }, NOT_YOURS],
  ["to nothing", birch, { ...consent, audit: hashOf("none") }, NOT_YOURS],
  ["that ends when it begins", birch, { ...consent, notAfter: 1 }, "admission notAfter: must end after it begins"],
  [
    "in the site's dossier",
    birch,
    { ...consent, sub: site },
    "statement:add: a consent stands in its member's dossier",
  ],
  ["with a claim of its own", birch, { ...consent, more: 1 }, `admission : ${UNKNOWN}`],
]);

describe("the door", () => {
  const row = (type: string) => ({ row: catalogueRow(vctOf(type)) as never, hash: new Uint8Array(32) });
  const scope = { statement: base64url(new Uint8Array(32)), issuer: mill, subject: mill };
  const withheld = new Map([["existence", { state: "withheld", members: {}, disclosures: [] } satisfies Section]]);
  const complete = new Map([["existence", { state: "complete", members: {}, disclosures: [] } satisfies Section]]);
  const isKnown = facts({ known: new Set([scope.statement]) });
  const asFailure = (answer: ReturnType<typeof admit>) =>
    answer.ok ? answer.value : (answer.failure as { why?: string }).why;

  test.each([
    { what: "a grant", says: said(mill, grant, row("grant")), around: facts(), is: scope },
    {
      what: "what it knows",
      says: said(mill, {}, { ...row("grant"), sections: complete }),
      around: isKnown,
      is: scope,
    },
    {
      what: "half of what it knows",
      says: said(mill, {}, { ...row("grant"), sections: withheld }),
      around: isKnown,
      is: "a section is not complete",
    },
    { what: "a stranger", says: said("org_none", grant, row("grant")), around: facts(), is: "unknown author" },
    {
      what: "a suspended author",
      says: said(mill, grant, row("grant")),
      around: facts({
        orgs: new Map([[mill, { id: mill, kind: "supplier", isOperator: false, suspended: true, admits: [] }]]),
      }),
      is: "suspended author",
    },
    {
      what: "digests at the top",
      says: said(mill, { ...grant, _sd: [] }, row("grant")),
      around: facts(),
      is: "only intake's copies have top-level digests",
    },
    {
      what: "a release",
      says: said(birch, {}, row("release")),
      around: facts(),
      is: "statements of type `release` are not taken from outside",
    },
    {
      what: "a rule's own refusal",
      says: said(spinner, grant, row("grant")),
      around: facts(),
      is: "only a site's supplier grants",
    },
  ])("answers $what", ({ says, around, is }) => {
    expect(asFailure(admit(says, around))).toEqual(is);
  });

  test.each(["organisation", "site", "key", "rulebook", "framework", "release-plan", "vote"])(
    "takes a statement of type `%s` in the consortium's dossier alone",
    (type) => {
      for (const sub of [office, "elsewhere", "quasarix/plans"])
        expect(asFailure(admit(said(office, { sub }, row(type)), facts()))).toBe("stands in the consortium's dossier");
    },
  );

  test("names a place where there is one", () => {
    const refusal = { reason: "invalid-statement", step: "admission", why: "so" };
    expect([refused("so"), refused("so", "at")]).toStrictEqual([refusal, { ...refusal, at: "at" }]);
  });

  test("takes from the platform what its own key signed, and nothing else", () => {
    const platform = { origin: ORIGIN, kid: hashOf("a key") };
    const own = said(ORIGIN, {}, row("keyring"));
    expect(admitPlatform(own, platform)).toEqual({ ...scope, issuer: ORIGIN, subject: ORIGIN });
    expect(() => admitPlatform(own, { ...platform, kid: hashOf("another") })).toThrow("not the platform's");
    expect(() => admitPlatform(said(mill, {}, row("keyring")), platform)).toThrow("not the platform's");
  });

  test("takes what founds a consortium from its operator", () => {
    expect(admitFounding(said(mill, {}, row("genesis")), { operator: mill })).toEqual(scope);
    expect(() => admitFounding(said(mill, {}, row("genesis")), { operator: office })).toThrow("not the founder's");
  });
});
