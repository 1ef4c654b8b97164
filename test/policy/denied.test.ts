import { type Denial, decide } from "@quasarix/shared/policy/decide.ts";
import type { Ask, AuditFacts, Grant } from "@quasarix/shared/policy/facts.ts";
import { AUDIT_SECTIONS, type AuditSection } from "@quasarix/shared/policy/sections.ts";
import { expect, test } from "vitest";
import { facts as anAudit } from "./one-audit.ts";

const NOW = 1_000;
const grant: Grant = {
  id: "grant-1",
  grantor: "org_mill",
  grantee: "org_cedar",
  site: "site_1",
  audit: null,
  sections: ["existence"],
  purposes: ["due-diligence"],
  notBefore: 0,
  notAfter: 2_000,
  revoked: false,
};
const facts = (over: Partial<AuditFacts> = {}) => anAudit({ grants: [grant], ...over });
const ask = (org: string, sections: Ask["sections"] = null, suspended = false): Ask => ({
  principal: { org, kind: "member", isOperator: false, suspended, door: "assertion" },
  purpose: "due-diligence",
  sections,
  asSubmitter: false,
});
const notGranted = (section: AuditSection): Denial => ({ why: "not-granted", section });

test.each<{ who: string; facts?: AuditFacts; ask: Ask; opens: number; denied: readonly Denial[] }>([
  { who: "an author", ask: ask("org_firm"), opens: 8, denied: [] },
  { who: "a grantee", ask: ask("org_cedar"), opens: 1, denied: [] },
  { who: "a stranger", ask: ask("org_none"), opens: 0, denied: [{ why: "no-right" }] },
  {
    who: "a stranger to a report of unknown right",
    facts: facts({ right: "unknown" }),
    ask: ask("org_none"),
    opens: 0,
    denied: [{ why: "no-right" }],
  },
  {
    who: "a grantee of a report of unknown right",
    facts: facts({ right: "unknown" }),
    ask: ask("org_cedar"),
    opens: 0,
    denied: [{ why: "right-to-share-unknown" }],
  },
  {
    who: "a supplier who asks for what was paid",
    ask: ask("org_mill", ["commercial"]),
    opens: 0,
    denied: [notGranted("commercial")],
  },
  {
    who: "a grantee who asks for more",
    ask: ask("org_cedar", ["existence", "people"]),
    opens: 1,
    denied: [notGranted("people")],
  },
  {
    who: "a grantee who asks for something else",
    ask: ask("org_cedar", ["scores"]),
    opens: 0,
    denied: [notGranted("scores")],
  },
  { who: "a suspended author", ask: ask("org_firm", null, true), opens: 0, denied: [{ why: "suspended" }] },
  {
    who: "a grantee under a disputed key",
    facts: facts({ disputed: true }),
    ask: ask("org_cedar"),
    opens: 0,
    denied: [{ why: "key-disputed" }],
  },
  {
    who: "the author under a disputed key",
    facts: facts({ disputed: true }),
    ask: ask("org_firm"),
    opens: 8,
    denied: [],
  },
  {
    who: "the supplier under a disputed key",
    facts: facts({ disputed: true }),
    ask: ask("org_mill"),
    opens: 0,
    denied: [{ why: "key-disputed" }],
  },
])("$who gets $opens sections and hears $denied", ({ facts: around = facts(), ask, opens, denied }) => {
  const decision = decide(around, ask, NOW);
  expect(decision.scope?.sections ?? []).toHaveLength(opens);
  expect(decision.denied).toEqual(denied);
});

test("a grant of everything leaves out who paid", () => {
  const { scope } = decide(facts({ grants: [{ ...grant, sections: AUDIT_SECTIONS }] }), ask("org_cedar"), NOW);
  expect(scope?.sections).toEqual(AUDIT_SECTIONS.filter((name) => name !== "commercial"));
});
