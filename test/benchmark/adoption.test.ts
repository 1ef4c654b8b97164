import { adoption, type Vote, votesDigest } from "@quasarix/shared/benchmark/adoption.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";

const COMMIT_BY = 1_800_000_000;
const NAMES = ["ash", "birch", "cedar", "dogwood", "elm"];
/** Admitted before any vote. */
const electors = (names: readonly string[], suspended: readonly string[] = []) =>
  names.map((org, index) => ({ org, index: index - names.length, isActive: !suspended.includes(org) }));
const FIVE = electors(NAMES);

/** `+ash`: ash votes yes; the log's order is the array's, a second apart, the last one at `commitBy` unless said. */
const votes = (texts: readonly string[], last = COMMIT_BY * 1000): Vote[] =>
  texts.map((text, i) => ({
    ...{ org: text.slice(1), choice: text.startsWith("+") ? "yes" : "no", statement: `v${i}` },
    ...{ logIndex: 10 + i, admittedAt: last - 1000 * (texts.length - 1 - i) },
  }));

describe("a plan is adopted by more than half of the active members", () => {
  test.each<[string, string[], { state: string; by?: string[]; yes: number; no: number }]>([
    ["nobody has voted", [], { state: "open", yes: 0, no: 0 }],
    ["two of five", ["+ash", "+birch"], { state: "open", yes: 2, no: 0 }],
    ["three of five", ["+ash", "+birch", "+cedar"], { state: "adopted", by: ["v0", "v1", "v2"], yes: 3, no: 0 }],
    [
      "the last vote of each counts",
      ["-ash", "+birch", "+cedar", "+ash"],
      { state: "adopted", by: ["v1", "v2", "v3"], yes: 3, no: 0 },
    ],
    ["a yes that was taken back", ["+ash", "+birch", "-ash", "+cedar"], { state: "open", yes: 2, no: 1 }],
    ["one member twice is one", ["+ash", "+ash", "+birch"], { state: "open", yes: 2, no: 0 }],
    ["who is no active member has no vote", ["+ash", "+birch", "+zelkova"], { state: "open", yes: 2, no: 0 }],
    [
      "a no after the majority",
      ["+ash", "+birch", "+cedar", "-cedar"],
      { state: "adopted", by: ["v0", "v1", "v2"], yes: 3, no: 0 },
    ],
    [
      "a yes after it is not of those that made it",
      ["+ash", "-elm", "+birch", "+cedar", "+dogwood"],
      { state: "adopted", by: ["v0", "v2", "v3"], yes: 3, no: 1 },
    ],
  ])("%s", (_, texts, { state, by = [], yes, no }) => {
    expect(adoption(votes(texts), FIVE, COMMIT_BY, COMMIT_BY)).toMatchObject({ state, by, yes, no, needed: 3 });
  });

  test.each([
    [4, 3],
    [5, 3],
    [6, 4],
    [7, 4],
    [8, 5],
    [0, 1],
  ])("of %i members %i", (size, needed) => {
    const names = Array.from({ length: size }, (_, i) => `m${i}`);
    const members = electors(names);
    expect(adoption([], members, COMMIT_BY, 0).needed).toBe(needed);
    const yes = votes(names.map((one) => `+${one}`));
    expect(adoption(yes.slice(0, needed - 1), members, COMMIT_BY, 0).state).toBe("open");
    if (size > 0) expect(adoption(yes.slice(0, needed), members, COMMIT_BY, 0).state).toBe("adopted");
  });
});

describe("of whom more than half, where members come and go", () => {
  test("a majority of those who were there stands, whoever joins later", () => {
    const grown = [...FIVE, { org: "fir", index: 13, isActive: true }];
    expect(adoption(votes(["+ash", "+birch", "+cedar"]), grown, COMMIT_BY, 0)).toMatchObject({ state: "adopted" });
    expect(adoption(votes(["+ash", "+birch", "-elm", "-elm", "+cedar"]), grown, COMMIT_BY, 0).state).toBe("open");
  });

  test("yes votes that were taken back make no majority when others are suspended", () => {
    const nine = [...NAMES, "fir", "gorse", "hazel", "ivy"];
    const taken = votes(["+ash", "+birch", "+cedar", "+dogwood", "-ash", "-birch", "-cedar"]);
    expect(adoption(taken, electors(nine, ["hazel", "ivy"]), COMMIT_BY, 0)).toMatchObject({ state: "open", yes: 1 });
  });

  test("votes that stand are enough of the active ones where the others are suspended", () => {
    const three = electors(NAMES, ["dogwood", "elm"]);
    const two = adoption(votes(["+ash", "+birch"]), three, COMMIT_BY, 0);
    expect(two).toMatchObject({ state: "adopted", by: ["v0", "v1"], needed: 2 });
  });
});

describe("in time, to the second", () => {
  const three = ["+ash", "+birch", "+cedar"];
  test.each([
    { last: COMMIT_BY * 1000, now: COMMIT_BY, state: "adopted", at: COMMIT_BY * 1000 },
    { last: COMMIT_BY * 1000, now: COMMIT_BY + 1_000_000, state: "adopted", at: COMMIT_BY * 1000 },
    { last: COMMIT_BY * 1000 + 1, now: COMMIT_BY, state: "open", at: null },
    { last: COMMIT_BY * 1000 + 1, now: COMMIT_BY + 1, state: "lapsed", at: null },
  ])("the last vote at $last, looked at $now: $state", ({ last, now, state, at }) => {
    expect(adoption(votes(three, last), FIVE, COMMIT_BY, now)).toMatchObject({ state, at });
  });

  test("a late no does not unmake it, a late yes does not make it", () => {
    const late = votes(["+ash", "+birch", "-ash"], COMMIT_BY * 1000 + 1);
    expect(adoption(late, FIVE, COMMIT_BY, COMMIT_BY + 1)).toMatchObject({ state: "lapsed", yes: 2, no: 0 });
  });
});

test("the log's order counts, not the order that votes are read in; what came later changes nothing", () => {
  const sign = fc.constantFrom("+", "-");
  const one = fc.tuple(sign, fc.constantFrom(...NAMES, "zelkova")).map(([choice, org]) => `${choice}${org}`);
  fc.assert(
    fc.property(fc.array(one, { maxLength: 20 }), fc.nat(20), (texts, cut) => {
      const all = votes(texts);
      const whole = adoption(all, FIVE, COMMIT_BY, COMMIT_BY);
      expect(adoption(all.toReversed(), FIVE, COMMIT_BY, COMMIT_BY)).toEqual(whole);
      const before = adoption(all.slice(0, cut), FIVE, COMMIT_BY, COMMIT_BY);
      if (before.state === "adopted") expect(whole).toEqual(before);
      expect(whole.state === "adopted").toBe(whole.by.length >= 3);
    }),
    { numRuns: runs(200, 2_000) },
  );
});

test("the digest is of the sorted hashes, one a line", () => {
  // The SHA-256 of `a`, LF, `b`.
  expect(votesDigest(["b", "a"])).toBe("fhj3NzEbLcOy8mndeDlrA1HxT7Zu-oefdoyyMYGIPHg");
  expect(votesDigest(["a", "b"])).toBe(votesDigest(["b", "a"]));
  expect(votesDigest(["a"])).not.toBe(votesDigest(["a", "b"]));
});
