import { decide } from "@quasarix/shared/policy/decide.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { all, ask, birch, cedar, facts, firm, grant, HOUR, mill, NOON, sectionsOf, supplierSees } from "./one-audit.ts";

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
