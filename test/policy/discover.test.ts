import {
  DISCOVERY_SAYS,
  type DiscoveryFacts,
  type DiscoveryReason,
  decideDiscovery,
} from "@quasarix/shared/policy/discover.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const NOON = 1_000;
const MEMBER = { kind: "member", suspended: false };
const FACTS: DiscoveryFacts = {
  provenance: "auditor-signed",
  right: "supplier-own",
  disputed: false,
  rulebook: { ...FIRST_RULEBOOK, embargo: "until-final" },
  finalAt: NOON,
  withdrawn: null,
};

interface Row {
  readonly what: string;
  readonly over?: Partial<DiscoveryFacts>;
  readonly who?: Partial<typeof MEMBER>;
  readonly why: DiscoveryReason;
}

const OPEN = "membership-terms";
const ROWS: readonly Row[] = [
  { what: "a final audit that may be shared", why: OPEN },
  { what: "a buyer's report, whatever it consented to", over: { right: "buyer-with-supplier-consent" }, why: OPEN },
  { what: "a list's claim, by no right to share", over: { provenance: "listed", right: "unknown" }, why: OPEN },
  { what: "a report by no known right", over: { right: "unknown" }, why: "right-to-share-unknown" },
  { what: "of a site that its supplier withdrew", over: { withdrawn: "w" }, why: "discovery-withdrawn" },
  {
    what: "a list's claim of a site that its supplier withdrew",
    over: { provenance: "listed", right: "unknown", withdrawn: "w" },
    why: "discovery-withdrawn",
  },
  { what: "under a lost key", over: { disputed: true, withdrawn: "w" }, why: "key-disputed" },
  { what: "a moment before it is final", over: { finalAt: NOON + 1 }, why: "embargo" },
  { what: "a draft whose clock has not started", over: { finalAt: null }, why: "embargo" },
  { what: "a draft, under a rulebook without embargo", over: { finalAt: null, rulebook: FIRST_RULEBOOK }, why: OPEN },
  { what: "to a suspended member", who: { suspended: true }, why: "suspended" },
  { what: "to an auditor", who: { kind: "auditor" }, why: "not-a-member" },
  { what: "to a kind that nobody knows", who: { kind: "broker" }, why: "not-a-member" },
];

describe("may a member hear that an audit exists", () => {
  test.each(ROWS)("$what: $why", ({ over, who, why }) => {
    const answer = decideDiscovery({ ...FACTS, ...over }, { ...MEMBER, ...who }, NOON);
    expect(answer).toEqual({ isOpen: why === OPEN, why });
  });

  test("every reason stands in the table, as a sentence", () => {
    expect(new Set(ROWS.map(({ why }) => why))).toEqual(new Set(Object.keys(DISCOVERY_SAYS)));
    for (const says of Object.values(DISCOVERY_SAYS)) expect(says).toMatch(/^[A-Z].*\.$/);
  });
});

const rights = fc.constantFrom("supplier-own", "buyer-with-supplier-consent", "scheme-terms", "unknown" as const);
const facts: fc.Arbitrary<DiscoveryFacts> = fc.record({
  provenance: fc.constantFrom("auditor-signed", "supplier-signed", "submitted-copy", "listed"),
  right: rights,
  disputed: fc.boolean(),
  rulebook: fc.constantFrom(FIRST_RULEBOOK, { ...FIRST_RULEBOOK, embargo: "until-final" as const }),
  finalAt: fc.option(fc.integer({ min: 0, max: 2_000 })),
  withdrawn: fc.option(fc.constant("w")),
});
const whoever = fc.record({ kind: fc.constantFrom("member", "supplier", "auditor"), suspended: fc.boolean() });

test("withdrawing a site never opens anything, and always closes", () => {
  fc.assert(
    fc.property(facts, whoever, (given, who) => {
      expect(decideDiscovery({ ...given, withdrawn: "w" }, who, NOON).isOpen).toBe(false);
    }),
  );
});

const BLOCKS: readonly { what: string; facts?: Partial<DiscoveryFacts>; who?: Partial<typeof MEMBER> }[] = [
  { what: "a lost key", facts: { disputed: true } },
  { what: "an embargo", facts: { rulebook: { ...FIRST_RULEBOOK, embargo: "until-final" } } },
  { what: "a reply that is awaited", facts: { finalAt: NOON + 1 } },
  { what: "a right that nobody knows", facts: { right: "unknown" } },
  { what: "a suspension", who: { suspended: true } },
  { what: "being no member", who: { kind: "supplier" } },
];

test.each(BLOCKS)("$what never opens anything", ({ facts: more, who: other }) => {
  fc.assert(
    fc.property(facts, whoever, (given, who) => {
      const before = decideDiscovery(given, who, NOON).isOpen;
      const after = decideDiscovery({ ...given, ...more }, { ...who, ...other }, NOON).isOpen;
      expect(after && !before).toBe(false);
    }),
  );
});
