import { decide } from "@quasarix/shared/policy/decide.ts";
import type { Consent } from "@quasarix/shared/policy/facts.ts";
import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import { PRESETS } from "@quasarix/shared/policy/sections.ts";
import { describe, expect, test } from "vitest";

import { all, ask, birch, cedar, facts, grant, HOUR, mill, NOON, sectionsOf, supplierSees } from "./one-audit.ts";

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
