import { decide } from "@quasarix/shared/policy/decide.ts";
import type { AuditFacts } from "@quasarix/shared/policy/facts.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";
import { type Case, someCase } from "./cases.ts";

type Change = (facts: AuditFacts, other: AuditFacts) => AuditFacts;

/** What another generated case brings is added to the one. */
const ADDED: readonly { readonly what: string; readonly add: Change }[] = [
  { what: "grants", add: (facts, { grants }) => ({ ...facts, grants: [...facts.grants, ...grants] }) },
  { what: "consents", add: (facts, { consents }) => ({ ...facts, consents: [...facts.consents, ...consents] }) },
  { what: "a supplier's terms", add: (facts) => ({ ...facts, terms: "the-terms" }) },
  { what: "a contribution", add: (facts) => ({ ...facts, contributedAt: 10 }) },
  { what: "the supplier's reply", add: (facts) => ({ ...facts, finalAt: 0 }) },
];

const REVOKED: readonly { readonly what: string; readonly revoke: Change }[] = [
  {
    what: "grants",
    revoke: (facts) => ({ ...facts, grants: facts.grants.map((one) => ({ ...one, revoked: true })) }),
  },
  { what: "one grant", revoke: (facts) => ({ ...facts, grants: facts.grants.slice(1) }) },
  {
    what: "consents",
    revoke: (facts) => ({ ...facts, consents: facts.consents.map((one) => ({ ...one, revoked: true })) }),
  },
  { what: "terms", revoke: (facts) => ({ ...facts, terms: null }) },
];

/** Sections that `more` lacks and `less` has, over all asks of a case. */
function lost(less: AuditFacts, more: AuditFacts, { asks }: Case): string[] {
  return asks.flatMap(({ ask, now }) => {
    const open = decide(more, ask, now).scope?.sections ?? [];
    return (decide(less, ask, now).scope?.sections ?? []).filter((name) => !open.includes(name));
  });
}

const RUNS = runs(2_000, 20_000);

describe(`over ${RUNS.toLocaleString("en")} audits`, () => {
  test.each(ADDED)("adding $what closes nothing", ({ add }) => {
    fc.assert(
      fc.property(someCase, someCase, (one, other) => {
        expect(lost(one.facts, add(one.facts, other.facts), one)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  test.each(REVOKED)("revoking $what opens nothing", ({ revoke }) => {
    fc.assert(
      fc.property(someCase, (one) => {
        expect(lost(revoke(one.facts, one.facts), one.facts, one)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
