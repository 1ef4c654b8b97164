import { ANY_NEED } from "@quasarix/shared/duplicate/covers.ts";
import {
  countsOf,
  type HeldAudit,
  type OverlapAsk,
  overlapOf,
  type SiteOverlap,
  stakesOf,
} from "@quasarix/shared/duplicate/overlap.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const SITE = "site_1";
const SMETA = "urn:quasarix:scheme:smeta";
const MANY: OverlapAsk = { need: ANY_NEED, active: 8, today: "2026-06-10", batchDay: "2026-06-08" };
const FEW: OverlapAsk = { ...MANY, active: 7 };
const fire = { need: { schemes: [], topics: ["fire-safety", "wages"] } };

const audit = (over: Partial<HeldAudit> = {}): HeldAudit => ({
  own: false,
  published: false,
  scheme: SMETA,
  schemeVersion: "6.1",
  auditFrom: "2026-02-01",
  validUntil: null,
  announcement: "unknown",
  topics: [],
  accreditation: null,
  provenance: "listed",
  ...over,
});
const own = (over: Partial<HeldAudit> = {}) => audit({ ...over, own: true });
const OLD = { auditFrom: "2024-01-01" };

const of = (audits: readonly HeldAudit[], ask: OverlapAsk, isPlanned = false): SiteOverlap =>
  overlapOf([{ site: SITE, audits, isPlanned }], ask)[0] as SiteOverlap;

interface Row {
  readonly what: string;
  readonly audits: readonly HeldAudit[];
  readonly isPlanned?: boolean;
  readonly over?: Partial<OverlapAsk>;
  /** State, own, age and missing topics, among many and among few. */
  readonly many: readonly unknown[];
  readonly few: readonly unknown[];
}

const NO = ["no", false, null, null];
const YES = ["yes", false, null, null];

const ROWS: readonly Row[] = [
  { what: "nothing", audits: [], many: ["unknown", false, null, null], few: NO },
  { what: "another's valid audit", audits: [audit()], many: ["usable", false, "0-6", []], few: YES },
  {
    what: "one that its supplier published",
    audits: [audit({ published: true })],
    many: ["usable", false, "0-6", []],
    few: ["yes", false, "0-6", []],
  },
  {
    what: "a published one beside another's newer one that nobody published",
    audits: [audit({ published: true }), audit({ auditFrom: "2026-06-01" })],
    many: ["usable", false, "0-6", []],
    few: ["yes", false, "0-6", []],
  },
  { what: "another's old one", audits: [audit(OLD)], many: ["expired", false, null, null], few: NO },
  { what: "a plan of another's", audits: [], isPlanned: true, many: ["planned", false, null, null], few: NO },
  {
    what: "an old one and a plan",
    audits: [audit(OLD)],
    isPlanned: true,
    many: ["planned", false, null, null],
    few: NO,
  },
  { what: "a valid one and a plan", audits: [audit()], isPlanned: true, many: ["usable", false, "0-6", []], few: YES },
  { what: "one's own", audits: [own()], many: ["usable", true, "0-6", []], few: ["yes", true, "0-6", []] },
  {
    what: "one's own beside another's newer one",
    audits: [own(), audit({ auditFrom: "2026-06-01" })],
    many: ["usable", true, "0-6", []],
    few: ["yes", true, "0-6", []],
  },
  { what: "one's own old one", audits: [own(OLD)], many: ["expired", true, null, null], few: ["no", true, null, null] },
  {
    what: "one's own old one beside another's valid one",
    audits: [own(OLD), audit()],
    many: ["usable", false, "0-6", []],
    few: YES,
  },
  {
    what: "the newer of two",
    audits: [audit({ auditFrom: "2025-07-01" }), audit()],
    many: ["usable", false, "0-6", []],
    few: YES,
  },
  {
    what: "one that is seven months old",
    audits: [audit({ auditFrom: "2025-11-01" })],
    many: ["usable", false, "6-12", []],
    few: YES,
  },
  {
    what: "one without a topic that is needed",
    audits: [audit({ scheme: "urn:example:own", topics: ["wages"], validUntil: "2027-01-01" })],
    over: fire,
    many: ["usable", false, "0-6", ["fire-safety"]],
    few: NO,
  },
  {
    what: "one's own without a topic that is needed",
    audits: [own({ scheme: "urn:example:own", topics: ["wages"], validUntil: "2027-01-01" })],
    over: fire,
    many: ["usable", true, "0-6", ["fire-safety"]],
    few: ["yes", true, "0-6", ["fire-safety"]],
  },
  {
    what: "another's that ran out after the batch",
    audits: [audit({ validUntil: "2026-06-09" })],
    many: ["usable", false, "0-6", []],
    few: YES,
  },
  {
    what: "one's own that ran out after the batch",
    audits: [own({ validUntil: "2026-06-09" })],
    many: ["expired", true, null, null],
    few: ["no", true, null, null],
  },
  {
    what: "another's that ran out before the batch",
    audits: [audit({ validUntil: "2026-06-07" })],
    many: ["expired", false, null, null],
    few: NO,
  },
];

describe("what is said of a site where there is", () => {
  test.each(ROWS)("$what", ({ audits, isPlanned, over, many, few }) => {
    const said = (ask: OverlapAsk) => {
      const { state, own: isOwn, age, missing } = of(audits, { ...ask, ...over }, isPlanned);
      return [state, isOwn, age, missing];
    };
    expect([said(MANY), said(FEW)]).toEqual([many, few]);
  });
});

const held: fc.Arbitrary<HeldAudit> = fc.record({
  own: fc.boolean(),
  published: fc.boolean(),
  scheme: fc.constantFrom(SMETA, "urn:quasarix:scheme:amfori-bsci", "urn:example:own"),
  schemeVersion: fc.constant("1"),
  auditFrom: fc.constantFrom("2023-01-01", "2025-01-31", "2025-09-01", "2026-02-01", "2026-12-01"),
  validUntil: fc.constantFrom(null, "2026-01-01", "2027-01-01"),
  announcement: fc.constant("unknown"),
  topics: fc.subarray(["fire-safety", "wages"]),
  accreditation: fc.constant(null),
  provenance: fc.constantFrom("listed", "auditor-signed"),
});
const asks = fc.constantFrom(MANY, FEW, { ...MANY, ...fire }, { ...FEW, ...fire });

test("an audit that many hold is the same to the byte as one that one member holds, in any order", () => {
  fc.assert(
    fc.property(fc.array(held, { maxLength: 4 }), asks, fc.boolean(), fc.nat(), (audits, ask, isPlanned, seed) => {
      const copies = [...audits, ...audits.filter((one) => !one.own)].map((one) => ({ ...one }));
      const mixed = copies.toSorted(
        (a, b) => ((copies.indexOf(a) * 7 + seed) % 5) - ((copies.indexOf(b) * 7 + seed) % 5),
      );
      expect(JSON.stringify(of(mixed, ask, isPlanned))).toBe(JSON.stringify(of(audits, ask, isPlanned)));
    }),
  );
});

test("among few nothing of others is said but yes and no, unless it is published", () => {
  fc.assert(
    fc.property(fc.array(held, { maxLength: 4 }), fc.boolean(), (audits, isPlanned) => {
      const row = of(audits, FEW, isPlanned);
      expect(["yes", "no"]).toContain(row.state);
      const isPublished = audits.some(({ published }) => published);
      if (!row.own && !isPublished) expect([row.age, row.missing]).toEqual([null, null]);
    }),
  );
});

test("counts are of sites, and what is at stake is what others' audits would save", () => {
  const rows = overlapOf(
    [
      { site: "site_4", audits: [], isPlanned: true },
      { site: "site_1", audits: [audit()], isPlanned: false },
      { site: "site_2", audits: [own()], isPlanned: false },
      { site: "site_3", audits: [audit(OLD)], isPlanned: false },
      { site: "site_5", audits: [], isPlanned: false },
    ],
    MANY,
  );
  expect(rows.map(({ site }) => site)).toEqual(["site_1", "site_2", "site_3", "site_4", "site_5"]);
  expect(countsOf(rows, 8)).toEqual({ sites: 5, usable: 2, own: 1, planned: 1, expired: 1, unknown: 1 });
  expect(countsOf(rows, 7)).toMatchObject({ planned: null, expired: null, unknown: null });
  expect(stakesOf(rows)).toMatchObject({ audits: 1, days: [2, 5], money: { currency: "USD", amount: [1_100, 5_000] } });
});

describe("a scheme or topic that only its owner uses", () => {
  const house = "urn:cedar:code-of-conduct";
  const asking = (over: object): OverlapAsk => ({ ...MANY, need: { ...ANY_NEED, ...over } });
  const theirs = { scheme: house, topics: ["cedars-code", "wages"] };
  const masked = { scheme: "urn:elm:code", topics: ["elms-code", "wages"] };

  test.each([
    { what: "asked for by name", ask: asking({ schemes: [house] }) },
    { what: "asked for by its topic", ask: asking({ topics: ["cedars-code"] }) },
    { what: "asked for by both", ask: asking({ schemes: [house], topics: ["cedars-code", "wages"] }) },
  ])("$what is any other's of another member, and found of one's own", ({ ask }) => {
    expect(of([audit(theirs)], ask)).toEqual(of([audit(masked)], ask));
    expect(of([own({ ...theirs, topics: [] })], asking({ schemes: [house] })).state).toBe("usable");
  });

  test("counts where any valid audit does", () => {
    expect(of([audit(theirs)], MANY).state).toBe("usable");
  });
});
