import type { OpenedAudit, OpenedResponse } from "@quasarix/client/audit-view.ts";
import {
  answerText,
  lifecycleText,
  responsesText,
  sectionsText,
  sharingText,
} from "@quasarix/client/cli/audit-text.ts";
import { expect, test } from "vitest";

const AT = Date.parse("2026-05-04T10:00:00Z");
const response = (type: OpenedResponse["type"], members: object, claims: object = {}): OpenedResponse =>
  ({
    type,
    index: 9,
    admittedAt: AT,
    statement: { claims: { iss: "org_mill", ...claims }, sections: new Map([[type, { state: "complete", members }]]) },
  }) as unknown as OpenedResponse;
const audit = (...responses: OpenedResponse[]): OpenedAudit => ({ responses }) as unknown as OpenedAudit;

test("a supplier's word stands beside the finding that it is about", () => {
  const opened = audit(
    response("reply", { text: "Thank you.", answers: [{ finding: 2, done: true, text: "Cleared\non the day." }] }),
    response("dispute", { why: "Another mill.", findings: [1] }),
  );
  const findings = { findings: [{ number: 1 }, { number: 2 }] };
  expect(sectionsText({ scores: { overall: 3 }, findings }, opened)).toEqual([
    "scores:",
    "  {",
    '    "overall": 3',
    "  }",
    "findings:",
    "  {",
    '    "number": 1',
    "  }",
    "  > supplier: disputed, see below",
    "  {",
    '    "number": 2',
    "  }",
    "  > supplier: done: Cleared",
    "  > on the day.",
  ]);
  expect(responsesText(opened)).toEqual([
    "reply of 2026-05-04T10:00:00.000Z by org_mill:",
    "  > Thank you.",
    "  > finding 2: answered above",
    "dispute of 2026-05-04T10:00:00.000Z by org_mill:",
    "  > Another mill.",
    "  > findings 1",
  ]);
});

test("a correction says the field and its value, an acceptance needs no text", () => {
  const opened = audit(
    response("reply", {}, { stance: "accepts" }),
    response("correction", { field: "auditFrom", value: "2026-03-05" }),
  );
  expect(responsesText(opened)).toEqual([
    "reply of 2026-05-04T10:00:00.000Z by org_mill, which accepts it:",
    "  > (no text)",
    "correction of 2026-05-04T10:00:00.000Z by org_mill:",
    "  > auditFrom: 2026-03-05",
  ]);
});

test("another's text does not steer the terminal", () => {
  const opened = audit(response("reply", { text: "\u001b[2J\u202egood" }));
  expect(responsesText(opened)[1]).toBe("  > \ufffd[2J\ufffdgood");
});

test.each([
  {
    state: "draft",
    finalAt: null,
    response: "awaited",
    is: /^draft: its supplier has not opened it; no answer/,
    cell: "awaited",
  },
  {
    state: "delivered",
    finalAt: AT,
    response: "awaited",
    is: /^delivered: answers until 2026-05-04/,
    cell: "until 2026-05-04",
  },
  {
    state: "final",
    finalAt: AT,
    response: "no-reply",
    is: /^final since 2026-05-04T10.*which is no acceptance$/,
    cell: "no-reply",
  },
] as const)("$state, $response is said in words", ({ is, cell, ...view }) => {
  const [line, more] = lifecycleText({ ...view, correctedBy: null });
  expect(line).toMatch(is);
  expect(more).toBeUndefined();
  expect(answerText({ ...view, correctedBy: null })).toBe(cell);
  expect(lifecycleText({ ...view, correctedBy: "newer" })[1]).toContain("newer stands in its place");
});

test.each([
  ["supplier-own", /the supplier's own/],
  ["buyer-with-supplier-consent", /a buyer paid/],
  ["scheme-terms", /terms of its scheme/],
  ["unknown", /stays private/],
])("the right to share it, %s, is said in words", (sharing, is) => {
  expect(sharingText({ sharing })[0]).toMatch(is);
  expect(sharingText(undefined)).toEqual([]);
});
