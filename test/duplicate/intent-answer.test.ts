import {
  type AnswerFacts,
  ageBandOf,
  answerIntent,
  isCovered,
  type Need,
  type UsableAudit,
} from "@quasarix/shared/duplicate/intent-answer.ts";
import type { Intent, Standing } from "@quasarix/shared/duplicate/plan.ts";
import { PROPRIETARY } from "@quasarix/shared/duplicate/proprietary.ts";
import { describe, expect, test } from "vitest";

const SMETA = "urn:quasarix:scheme:smeta";
const need: Need = { schemes: [SMETA], topics: ["wages", "working-hours"], from: "2027-03-01", until: "2027-05-31" };
const audit = (over: Partial<UsableAudit> = {}): UsableAudit => ({
  own: false,
  scheme: SMETA,
  auditedOn: "2026-09-15",
  missing: [],
  isWhole: (over.missing ?? []).length === 0,
  ...over,
});

const planned = (hash: string, over: Partial<Intent> = {}): Standing => ({
  plan: `plan of ${hash}`,
  isJoiner: false,
  intent: {
    hash,
    org: `org of ${hash}`,
    site: "site",
    schemes: [SMETA],
    topics: ["wages"],
    from: "2027-04-10",
    until: "2027-06-20",
    mayJoin: true,
    joins: null,
    replaces: null,
    index: 1,
    revokedIndex: null,
    ...over,
  },
});

const answer = (over: Partial<AnswerFacts> = {}, asked = need) =>
  answerIntent(asked, {
    today: "2026-11-22",
    batchDay: "2026-11-20",
    active: 6,
    batch: 3,
    usable: [],
    others: [],
    ...over,
  });

describe("the answer before ordering", () => {
  test("nothing is known", () => {
    expect(answer()).toEqual({ asOf: 3, detail: "full", says: "nothing-known", usable: null, planned: null });
  });

  test("an audit is on file: how old, and what it misses", () => {
    const heard = answer({ usable: [audit({ missing: ["working-hours"] })] });
    expect(heard.usable).toEqual({
      own: false,
      covers: "partly",
      scheme: SMETA,
      age: "0-6",
      missing: ["working-hours"],
    });
    expect([heard.says, isCovered(heard)]).toEqual(["usable", false]);
  });

  test("one that misses nothing covers the need", () => {
    const heard = answer({ usable: [audit({ missing: ["working-hours"], auditedOn: "2026-11-01" }), audit()] });
    expect([heard.usable?.missing, isCovered(heard)]).toEqual([[], true]);
  });

  test("one that misses nothing but of which something is not known yet covers only in part", () => {
    const heard = answer({ usable: [audit({ isWhole: false })] });
    expect([heard.usable?.covers, heard.usable?.missing, isCovered(heard)]).toEqual(["partly", [], false]);
  });

  test("its own goes before another's that is as good, and is named by its scheme", () => {
    const heard = answer({ usable: [audit({ auditedOn: "2026-11-01" }), audit({ own: true, scheme: "house" })] });
    expect(heard.usable).toMatchObject({ own: true, scheme: "house" });
  });

  test("another's grows older with the month of the batch, its own with the day", () => {
    const ages = (own: boolean, today: string, batchDay: string) =>
      [1, 15, 30].map((day) => {
        const auditedOn = `2026-05-${String(day).padStart(2, "0")}`;
        return answer({ usable: [audit({ own, auditedOn })], today, batchDay }).usable?.age;
      });
    expect(ages(true, "2026-11-15", "2026-11-09")).toEqual(["6-12", "6-12", "0-6"]);
    for (const today of ["2026-11-09", "2026-11-15", "2026-12-31"])
      expect(ages(false, today, "2026-11-09")).toEqual(["6-12", "6-12", "6-12"]);
    expect(ages(false, "2026-11-02", "2026-10-31")).toEqual(["0-6", "0-6", "0-6"]);
  });

  test("one is planned in the same window: months, topics and the plan to join", () => {
    const { says, planned: plan } = answer({ others: [planned("a")] });
    expect(says).toBe("planned");
    expect(plan).toEqual({
      plan: "plan of a",
      from: "2027-04",
      until: "2027-06",
      schemes: [SMETA],
      topics: ["wages"],
    });
  });

  test.each([
    { what: "in another window", over: { from: "2027-06-01" } },
    { what: "under other schemes", over: { schemes: ["house"] } },
  ])("one that is planned $what is not named", ({ over }) => {
    expect(answer({ others: [planned("a", over)] }).planned).toBeNull();
  });

  test("a plan that was not offered has no id to join by, and comes after one that was", () => {
    const shut = planned("a", { mayJoin: false });
    expect(answer({ others: [shut] }).planned?.plan).toBeNull();
    expect(answer({ others: [shut, planned("b")] }).planned?.plan).toBe("plan of b");
  });

  test("a joiner's intent is no plan of its own", () => {
    expect(answer({ others: [{ ...planned("a"), isJoiner: true }] }).planned).toBeNull();
  });

  test("a scheme outside the public catalogue is `proprietary`, of an audit and of a plan", () => {
    const heard = answer({
      usable: [audit({ scheme: "house" })],
      others: [planned("a", { schemes: ["house", SMETA] })],
    });
    expect([heard.usable?.scheme, heard.planned?.schemes]).toEqual(["proprietary", ["proprietary", SMETA]]);
  });

  const heardAs = (asked: Partial<Need>, over: Partial<Intent>): string =>
    JSON.stringify(answer({ others: [planned("a", over)] }, { ...need, ...asked }));

  test.each([
    { what: "days within the months", one: {}, other: { from: "2027-04-30", until: "2027-06-01" } },
    { what: "a scheme of its own", one: { schemes: ["house"] }, other: { schemes: ["mill"] } },
    { what: "topics of its own", one: { topics: ["our-code"] }, other: { topics: ["their-code", "another"] } },
  ])("$what: of a plan they cannot be found out by asking", ({ one, other }) => {
    for (const asked of [{ from: "2027-04-01", until: "2027-04-09" }, { from: "2027-06-02" }, { schemes: ["house"] }])
      for (const days of [asked, { ...asked, until: "2027-06-30" }, { ...asked, until: "2027-04-15" }])
        expect(heardAs(days, one)).toBe(heardAs(days, other));
    expect(heardAs({ schemes: [PROPRIETARY] }, { schemes: ["house"] })).toContain('"planned"');
  });

  test("how many hold it, and how many plan, changes nothing", () => {
    const one = answer({ usable: [audit()], others: [planned("a")] });
    const more = {
      usable: [audit(), audit(), audit({ missing: ["working-hours"] })],
      others: [planned("a"), planned("b")],
    };
    expect(JSON.stringify(answer(more))).toBe(JSON.stringify(one));
  });

  test("among few members it is yes or no", () => {
    const heard = answer({ active: 4, usable: [audit()], others: [planned("a")] });
    expect(heard.usable).toEqual({ own: false, covers: "yes", scheme: null, age: null, missing: null });
    expect(heard.planned).toEqual({ plan: null, from: null, until: null, schemes: null, topics: null });
    expect([heard.detail, isCovered(heard)]).toEqual(["yes-no", true]);
  });

  test("among few members an audit with gaps is a no: a yes has no room for what it misses", () => {
    expect(answer({ active: 4, usable: [audit({ missing: ["working-hours"] })] }).says).toBe("nothing-known");
  });
});

test.each([
  ["2026-11-22", "0-6"],
  ["2026-05-23", "0-6"],
  ["2026-05-22", "6-12"],
  ["2025-11-23", "6-12"],
  ["2025-11-22", "12-24"],
  ["2024-11-22", "24+"],
])("on 2026-11-22 an audit of %s is of the band %s", (auditedOn, band) => {
  expect(ageBandOf(auditedOn, "2026-11-22")).toBe(band);
});
