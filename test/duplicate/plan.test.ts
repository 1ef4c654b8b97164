import { demandAt } from "@quasarix/shared/duplicate/demand.ts";
import { paddedRound, partsOf } from "@quasarix/shared/duplicate/join.ts";
import { groupOf, type Intent, planIdOf, standing } from "@quasarix/shared/duplicate/plan.ts";
import { describe, expect, test } from "vitest";

const KEY = new Uint8Array(32).fill(7);
const SIZE = 100;
const plan = (hash: string) => planIdOf(KEY, hash);

const intent = (hash: string, over: Partial<Intent> = {}): Intent => ({
  hash,
  org: `org of ${hash}`,
  site: "site",
  schemes: ["smeta"],
  topics: [],
  from: "2027-03-01",
  until: "2027-05-31",
  mayJoin: true,
  joins: null,
  replaces: null,
  index: 10,
  revokedIndex: null,
  ...over,
});

describe("which intents stand", () => {
  test.each([
    { what: "one in the batch", one: intent("a"), stands: true },
    { what: "another's behind the batch", one: intent("a", { index: SIZE }), stands: false },
    { what: "one's own behind the batch", one: intent("a", { index: SIZE, org: "me" }), stands: true },
    { what: "one withdrawn in the batch", one: intent("a", { revokedIndex: 50 }), stands: false },
    { what: "another's withdrawn behind the batch", one: intent("a", { revokedIndex: SIZE }), stands: true },
    {
      what: "one's own withdrawn behind the batch",
      one: intent("a", { revokedIndex: SIZE, org: "me" }),
      stands: false,
    },
  ])("$what: $stands", ({ one, stands }) => {
    expect(standing([one], { size: SIZE, org: "me" }, KEY)).toHaveLength(stands ? 1 : 0);
  });

  test("a change stands in place of what it changes, and keeps its plan", () => {
    const chain = [
      intent("a", { org: "x" }),
      intent("b", { org: "x", replaces: "a", index: 20 }),
      intent("c", { org: "x", replaces: "b", index: 30 }),
    ];
    const all = standing(chain, { size: SIZE, org: null }, KEY);
    expect(all.map((one) => [one.intent.hash, one.plan])).toEqual([["c", plan("a")]]);
  });

  test("a change that lies behind the batch is not heard, and what it changes still is", () => {
    const chain = [intent("a"), intent("b", { replaces: "a", index: SIZE })];
    expect(standing(chain, { size: SIZE, org: null }, KEY).map((one) => one.intent.hash)).toEqual(["a"]);
  });
});

describe("who goes together", () => {
  const group = (...intents: Intent[]) => groupOf(plan("a"), standing(intents, { size: SIZE, org: null }, KEY));
  const joiner = (hash: string, over: Partial<Intent> = {}) => intent(hash, { joins: plan("a"), ...over });

  test("nobody alone", () => {
    expect(group(intent("a"))).toBeNull();
    expect(group(joiner("b"))).toBeNull();
  });

  test("the days that suit all, and every topic that one needs", () => {
    const made = group(
      intent("a", { topics: ["wages"] }),
      joiner("b", { from: "2027-04-10", until: "2027-08-01", topics: ["working-hours", "wages"] }),
    );
    expect(made?.terms).toEqual({ from: "2027-04-10", until: "2027-05-31", topics: ["wages", "working-hours"] });
  });

  test("whoever leaves no common day stays out, whatever the order in the log", () => {
    const [early, late] = [joiner("b", { until: "2027-03-31" }), joiner("c", { from: "2027-04-01" })];
    const hashes = (...intents: Intent[]) => group(intent("a"), ...intents)?.joiners.map(({ hash }) => hash);
    expect(hashes(early, late)).toEqual(["a", "b"]);
    expect(hashes({ ...late, index: 11 }, { ...early, index: 12 })).toEqual(["a", "b"]);
  });

  test("one member twice is one joiner", () => {
    expect(group(intent("a", { org: "x" }), joiner("b", { org: "x" }))).toBeNull();
  });

  test("two that are left go on without the one who began", () => {
    expect(group(intent("a", { revokedIndex: 20 }), joiner("b"), joiner("c"))?.joiners).toHaveLength(2);
  });

  test("parts: one each, as recorded, or by topics, of which none means all", () => {
    const made = group(
      intent("a", { topics: ["wages", "working-hours"] }),
      joiner("b"),
      joiner("c", { topics: ["fire"] }),
    );
    if (!made) throw new Error("no group");
    const weights = (cost: Parameters<typeof partsOf>[1]) =>
      partsOf({ joiners: made.joiners, topics: made.terms.topics }, cost).map(({ weight }) => weight);
    expect(weights({ split: "equal" })).toEqual([1, 1, 1]);
    expect(weights({ split: "topics" })).toEqual([2, 3, 1]);
    const recorded = { "org of a": 5, "org of b": 1, "org of c": 4 };
    expect(weights({ split: "weights", weights: recorded })).toEqual([5, 1, 4]);
    expect(() => weights({ split: "weights", weights: {} })).toThrow();
  });

  test.each([
    [1, 8],
    [8, 8],
    [9, 16],
    [33, 64],
  ])("a round of %d has %d entries", (statements, entries) => {
    expect(paddedRound(statements)).toBe(entries);
  });
});

describe("what a supplier hears of demand", () => {
  const at = (active: number, ...intents: Intent[]) =>
    demandAt("site", standing(intents, { size: SIZE, org: null }, KEY), { today: "2027-04-01", active });
  const march = intent("a", { until: "2027-03-31" });
  const may = intent("b", { topics: ["wages"] });

  test.each([
    { what: "nothing where nobody plans", heard: at(9), says: null },
    { what: "nothing of a window that is over", heard: at(9, march), says: null },
    {
      what: "the month of the first that ends",
      heard: at(9, march, may),
      says: { site: "site", by: "2027-05", topics: ["wages"] },
    },
    {
      what: "among few members only that there is one",
      heard: at(4, may),
      says: { site: "site", by: null, topics: null },
    },
  ])("$what", ({ heard, says }) => {
    expect(heard).toEqual(says);
  });

  test("a window's end shows with its month, whatever day it is", () => {
    const ends = ["2027-04-01", "2027-04-15", "2027-04-30"].map((until) => at(9, intent("c", { until })));
    // Asked on the 1st; and on the 20th, when one of them is over.
    expect(ends.map((one) => one?.by)).toEqual(["2027-04", "2027-04", "2027-04"]);
    const late = standing([intent("c", { until: "2027-04-15" })], { size: SIZE, org: null }, KEY);
    expect(demandAt("site", late, { today: "2027-04-20", active: 9 })?.by).toBe("2027-04");
    expect(demandAt("site", late, { today: "2027-05-01", active: 9 })).toBeNull();
  });

  test("one customer reads as ten do", () => {
    const ten = Array.from({ length: 10 }, (_, i) => ({ ...may, hash: `b${i}`, org: `org ${i}`, index: 20 + i }));
    expect(at(9, ...ten)).toEqual(at(9, may));
  });
});
