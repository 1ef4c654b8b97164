import { twinsAmong, type WrittenReport, writtenTexts } from "@quasarix/shared/duplicate/twin.ts";
import { FIRM_FIRST_MS, firmTwinSays, readersTwins, readerTwinSays } from "@quasarix/shared/duplicate/twin-hint.ts";
import { jaccard, sharedPassage, shingleSet, wordsOf } from "@quasarix/shared/duplicate/twin-shingles.ts";
import { estimate, PERMUTATIONS, signatureOf } from "@quasarix/shared/duplicate/twin-signature.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";

/** A text of so many words of its own, the same for the same seed. */
function prose(seed: number, words: number): string[] {
  let state = seed >>> 0;
  return Array.from({ length: words }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return `w${(state >>> 8) % 5000}`;
  });
}
/** Every nth word another one. */
const reworded = (words: readonly string[], nth: number): string[] =>
  words.map((word, at) => (at % nth === nth - 1 ? `x${at}` : word));

const NOON = 1_790_000_000_000;
const report = (audit: string, texts: readonly string[], over: Partial<WrittenReport> = {}): WrittenReport => ({
  audit,
  site: `site of ${audit}`,
  firm: "firm",
  admittedAt: NOON,
  texts,
  ...over,
});
const long = prose(1, 300);
const text = long.join(" ");
const told = (reports: readonly WrittenReport[]) =>
  twinsAmong(reports).twins.map(({ later, earlier }) => `${later.audit} like ${earlier.audit}`);

describe("two reports", () => {
  test.each<{ what: string; of: readonly WrittenReport[]; is: readonly string[] }>([
    { what: "of one text on two sites are twins", of: [report("A", [text]), report("B", [text])], is: ["B like A"] },
    {
      what: "that differ in case, punctuation and spaces are twins",
      of: [
        report("A", [text]),
        report("B", [`${long.slice(0, 150).join(",  ").toUpperCase()}!\n${long.slice(150).join(" ")}`]),
      ],
      is: ["B like A"],
    },
    {
      what: "with few words changed are twins",
      of: [report("A", [text]), report("B", [reworded(long, 60).join(" ")])],
      is: ["B like A"],
    },
    {
      what: "with every tenth word changed are none",
      of: [report("A", [text]), report("B", [reworded(long, 10).join(" ")])],
      is: [],
    },
    { what: "of their own words are none", of: [report("A", [text]), report("B", [prose(2, 300).join(" ")])], is: [] },
    {
      what: "that are short are none",
      of: [report("A", [long.slice(0, 30).join(" ")]), report("B", [long.slice(0, 30).join(" ")])],
      is: [],
    },
    {
      what: "of one site are none: the next repeats the last by right",
      of: [report("A", [text], { site: "s" }), report("B", [text], { site: "s" })],
      is: [],
    },
    { what: "of two firms are none", of: [report("A", [text]), report("B", [text], { firm: "another" })], is: [] },
    {
      what: "are told by the later one, as the log has them",
      of: [
        report("B", [text], { admittedAt: NOON + 1 }),
        report("C", [text], { admittedAt: NOON + 2 }),
        report("A", [text]),
      ],
      is: ["B like A", "C like A"],
    },
    {
      what: "are the two that are most alike",
      of: [
        report("A", [reworded(long, 70).join(" ")]),
        report("B", [text], { admittedAt: NOON + 1 }),
        report("C", [text], { admittedAt: NOON + 2 }),
      ],
      is: ["B like A", "C like B"],
    },
    {
      what: "whose findings come in another order are twins",
      of: [
        report(
          "A",
          [0, 60, 120].map((at) => long.slice(at, at + 60).join(" ")),
        ),
        report(
          "B",
          [120, 0, 60].map((at) => long.slice(at, at + 60).join(" ")),
        ),
      ],
      is: ["B like A"],
    },
    {
      what: "in a script without spaces are compared by its characters",
      of: ["A", "B"].map((name) =>
        report(name, [Array.from({ length: 90 }, (_, i) => String.fromCharCode(0x4e00 + ((i * 37) % 400))).join("")]),
      ),
      is: ["B like A"],
    },
  ])("$what", ({ of, is }) => {
    expect(told(of)).toEqual(is);
    expect(told([...of].reverse())).toEqual(is);
  });
});

test("only what the auditor wrote itself is compared: no titles, clauses or laws", () => {
  const finding = {
    number: 1,
    title: "title",
    clause: "1.2",
    law: "law",
    description: "saw this",
    rootCause: "because",
  };
  const plan = { findings: [1], action: "mend it", rootCause: "so", owner: "role", status: "open" as const };
  expect(writtenTexts({ findings: { findings: [finding] }, plans: { plans: [plan] } })).toEqual([
    "saw this",
    "because",
    "mend it",
    "so",
  ]);
  expect(writtenTexts({})).toEqual([]);
  expect(wordsOf("Fire-exit: LOCKED (2 of 4)！ 消防")).toEqual(["fire", "exit", "locked", "2", "of", "4", "消", "防"]);
});

test("the estimate is near the exact overlap, and the same each time", () => {
  let [sum, count] = [0, 0];
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 5, max: 80 }), (seed, nth) => {
      const words = prose(seed, 400);
      const [one, other] = [words, reworded(words, nth)].map((it) => shingleSet([it.join(" ")])) as [
        Uint32Array,
        Uint32Array,
      ];
      const exact = jaccard(one, other);
      const guess = estimate(signatureOf(one), signatureOf(other));
      // Six standard deviations: a fair estimate of 128 draws never strays as far.
      expect(Math.abs(guess - exact)).toBeLessThan(6 * Math.sqrt(Math.max(exact * (1 - exact), 0.02) / PERMUTATIONS));
      sum += guess - exact;
      count++;
      expect(signatureOf(one.slice())).toEqual(signatureOf(one));
    }),
    { numRuns: runs(100, 2000), seed: 7 },
  );
  expect(Math.abs(sum / count)).toBeLessThan(0.02);
});

test("jaccard agrees with sets, word by word", () => {
  const naive = (a: string[], b: string[]) => {
    const [one, other] = [a, b].map(
      (it) => new Set(it.map((_, at) => it.slice(at, at + 5).join(" ")).slice(0, Math.max(0, it.length - 4))),
    ) as [Set<string>, Set<string>];
    const union = new Set([...one, ...other]).size;
    return union === 0 ? 0 : [...one].filter((it) => other.has(it)).length / union;
  };
  const words = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 40 });
  fc.assert(
    fc.property(words, words, (a, b) => {
      expect(jaccard(shingleSet([a.join(" ")]), shingleSet([b.join(" ")]))).toBeCloseTo(naive(a, b), 10);
    }),
  );
});

test("the work grows with the reports, not with their pairs, even where all are alike", () => {
  const n = runs(400, 4000);
  const own = Array.from({ length: n }, (_, i) =>
    report(`r${i}`, [prose(i + 10, 120).join(" ")], { admittedAt: NOON + i }),
  );
  expect(twinsAmong(own)).toMatchObject({ twins: [] });
  expect(twinsAmong(own).looked).toBeLessThan(n * 4);
  const near = own.map((it) => ({
    ...it,
    texts: [[...long.slice(0, 200), ...(it.texts[0]?.split(" ").slice(0, 40) ?? [])].join(" ")],
  }));
  expect(twinsAmong(near).looked).toBeLessThanOrEqual(32 * n);
  const same = own.map((it) => ({ ...it, texts: [text] }));
  const { twins, looked } = twinsAmong(same);
  expect(twins).toHaveLength(n - 1);
  expect(looked).toBeLessThanOrEqual(32 * n);
  expect(new Set(twins.map(({ earlier }) => earlier.audit))).toEqual(new Set(["r0"]));
});

test("every pair that a look at all pairs finds is found", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      const base = [0, 1, 2].map((n) => prose(seed + n, 200));
      const reports = Array.from({ length: 12 }, (_, i) =>
        report(
          `r${i}`,
          [(i < 3 ? base[i] : reworded(base[i % 3] as string[], 20 + ((seed >> (i % 8)) % 60)))?.join(" ") as string],
          { admittedAt: NOON + i },
        ),
      );
      const sets = reports.map(({ texts }) => shingleSet(texts));
      const likeAny = reports.filter((_, i) =>
        sets.slice(0, i).some((set) => jaccard(set, sets[i] as Uint32Array) >= 0.8),
      );
      expect(twinsAmong(reports).twins.map(({ later }) => later.audit)).toEqual(likeAny.map(({ audit }) => audit));
    }),
    { numRuns: runs(20, 300), seed: 7 },
  );
});

test("the firm is told at once, readers 14 days after the later report; each with words to look up, and no verdict", () => {
  const { twins } = twinsAmong([report("A", [text]), report("B", [text], { admittedAt: NOON + 1000 })]);
  expect(readersTwins(twins, NOON + 1000 + FIRM_FIRST_MS - 1)).toEqual([]);
  expect(readersTwins(twins, NOON + 1000 + FIRM_FIRST_MS)).toEqual(twins);
  const [twin] = twins;
  if (!twin) throw new Error("no twins");
  expect(twin.passage).toBe(long.slice(0, 25).join(" "));
  expect(sharedPassage(["a b c d e f", "q r s t u v w x"], ["z a b c d e, q r s t u v w x"], 9)).toBe(
    "q r s t u v w x",
  );
  expect(firmTwinSays(twin)).toBe(
    `Your reports B (site of B) and A (site of A) share 100 % of their wording, for example: "${twin.passage} ..." Standard wording can do that too: this is a hint to look at both, and no verdict on either. From 2026-10-05 on, whoever was granted both is shown the same.`,
  );
  expect(readerTwinSays(twin)).toContain("no verdict on either. Ask the firm: it could see this 14 days before you.");
  expect(firmTwinSays(twin) + readerTwinSays(twin)).not.toMatch(/copied|plagiar|fraud|fake|suspicious/i);
});
