import type { Finding } from "@quasarix/shared/audit/finding.ts";
import { type SeenReport, shoppingHints, shoppingSays } from "@quasarix/shared/duplicate/shopping.ts";
import { describe, expect, test } from "vitest";

const mapping = "urn:quasarix:scheme:smeta@1";
const found = (level: 2 | 4 | 5, over: Partial<Finding> = {}): Finding => ({
  number: 1,
  severity: { level, original: "Critical", mapping },
  ...over,
});
const report = (audit: string, scheme: string, auditFrom: string, over: Partial<SeenReport> = {}): SeenReport => ({
  audit,
  site: "site_1",
  scheme,
  auditFrom,
  findings: [],
  isReplaced: false,
  ...over,
});

const older = (findings: SeenReport["findings"], over: Partial<SeenReport> = {}) =>
  report("A", "smeta", "2026-01-10", { findings, ...over });
const newer = (over: Partial<SeenReport> = {}) => report("B", "wrap", "2026-05-02", over);
const open = older([found(4)]);

describe("a newer report under another scheme", () => {
  test.each<{ what: string; of: readonly SeenReport[]; hints: readonly string[] }>([
    { what: "beside an open critical finding is a hint", of: [open, newer()], hints: ["B beside A: 1"] },
    { what: "beside zero tolerance is one", of: [older([found(5)]), newer()], hints: ["B beside A: 1"] },
    {
      what: "beside a critical finding in progress is one",
      of: [older([found(4, { status: "in-progress" }), found(4, { number: 2 })]), newer()],
      hints: ["B beside A: 2"],
    },
    { what: "beside a closed one is none", of: [older([found(4, { status: "closed" })]), newer()], hints: [] },
    { what: "beside minor findings is none", of: [older([found(2)]), newer()], hints: [] },
    { what: "beside findings without a level is none", of: [older([{ number: 1 }]), newer()], hints: [] },
    { what: "beside withheld findings is none", of: [older(null), newer()], hints: [] },
    {
      what: "with withheld findings of its own is one all the same",
      of: [open, newer({ findings: null })],
      hints: ["B beside A: 1"],
    },
    { what: "of the same day is none", of: [open, newer({ auditFrom: "2026-01-10" })], hints: [] },
    { what: "that is older is none", of: [open, newer({ auditFrom: "2025-12-31" })], hints: [] },
    { what: "of another site is none", of: [open, newer({ site: "site_2" })], hints: [] },
    { what: "under the same scheme is a follow-up, and none", of: [open, newer({ scheme: "smeta" })], hints: [] },
    { what: "that was replaced is none", of: [open, newer({ isReplaced: true })], hints: [] },
    { what: "beside one that was replaced is none", of: [older([found(4)], { isReplaced: true }), newer()], hints: [] },
    {
      what: "after a follow-up that closed them is none",
      of: [open, report("C", "smeta", "2026-03-01"), newer()],
      hints: [],
    },
    {
      what: "before the follow-up that still has them is none, and after it is one",
      of: [
        open,
        report("C", "smeta", "2026-03-01", { findings: [found(4)] }),
        newer({ auditFrom: "2026-02-01" }),
        report("D", "rba", "2026-06-01"),
      ],
      hints: ["D beside C: 1"],
    },
    {
      what: "after a follow-up whose findings are withheld is one, which says so",
      of: [open, report("C", "smeta", "2026-03-01", { findings: null }), newer()],
      hints: ["B beside A: 1, C unseen"],
    },
    {
      what: "of each of two other schemes is one each, of the newest",
      of: [open, newer(), report("D", "rba", "2026-03-01"), report("E", "rba", "2026-04-01")],
      hints: ["E beside A: 1", "B beside A: 1"],
    },
  ])("$what", ({ of, hints }) => {
    for (const reports of [of, [...of].reverse()])
      expect(
        shoppingHints(reports).map(
          (it) =>
            `${it.newer.audit} beside ${it.older.audit}: ${it.open}${it.unseen.length ? `, ${it.unseen.join()} unseen` : ""}`,
        ),
      ).toEqual(hints);
  });
});

test("the hint says what was seen and what to ask, and no verdict", () => {
  const [one] = shoppingHints([open, newer()]);
  expect(one && shoppingSays(one)).toBe(
    "Report B (wrap, 2026-05-02) is newer than A (smeta, 2026-01-10), of which 1 critical finding stood open when you last saw it. There may be good reasons: ask what became of it before you rely on the newer report alone. Only reports that you were granted were compared.",
  );
  const [two] = shoppingHints([
    older([found(4), found(5)]),
    report("C", "smeta", "2026-03-01", { findings: null }),
    newer(),
  ]);
  expect(two && shoppingSays(two)).toContain(
    "2 critical findings stood open when you last saw it. Since then there is 1 report of smeta whose findings are withheld from you. There may be good reasons: ask what became of them",
  );
  expect(`${one && shoppingSays(one)}${two && shoppingSays(two)}`).not.toMatch(
    /shop|fraud|avoid|evade|hide|suspicious/i,
  );
});
