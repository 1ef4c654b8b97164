import { auditContent } from "@quasarix/shared/audit/content.ts";
import { type ListedAudit, listedContent, listedRefusal } from "@quasarix/shared/duplicate/listed.ts";
import { describe, expect, test } from "vitest";
import { auditContent as full } from "../world.ts";

const ROW: ListedAudit = {
  scheme: "urn:quasarix:scheme:smeta",
  auditFrom: "2026-03-04",
  validUntil: "2027-03-04",
  topics: ["fire-safety"],
  result: { scale: "a-e", value: "B", original: "B" },
};

test("a row of a list is an audit of existence and result alone", () => {
  const content = listedContent(ROW);
  expect(auditContent.parse(content)).toEqual(content);
  expect(content.scores).toEqual({ overall: ROW.result });
  expect(listedRefusal(content)).toBe(null);
  expect(listedRefusal(listedContent({ scheme: "wrap", auditFrom: "2026-03-04" }))).toBe(null);
});

const content = listedContent(ROW);
describe("a list's claim that says more than a list knows is refused", () => {
  test.each([
    { what: "findings", over: { findings: { findings: [] } }, at: "findings" },
    { what: "who paid", over: { commercial: { payer: "buyer" as const } }, at: "commercial" },
    { what: "a headcount", over: { workforce: { total: "1-9" as const } }, at: "workforce" },
    { what: "a result by topic", over: { scores: { topics: [] } }, at: "scores/topics" },
    { what: "a right to share", over: { existence: full().existence }, at: "existence/sharing" },
  ])("$what", ({ over, at }) => {
    expect(listedRefusal({ ...content, ...over })?.at).toBe(at);
  });
});
