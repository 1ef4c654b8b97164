import type { IntentReasonCode } from "@quasarix/shared/duplicate/intent.ts";
import { type OrderedAnyway, reasonTotals } from "@quasarix/shared/duplicate/intent-reasons.ts";
import { expect, test } from "vitest";

const by = (members: number, batch: number, code: IntentReasonCode = "incident", from = 0): OrderedAnyway[] =>
  Array.from({ length: members }, (_, i) => ({ org: `org ${from + i}`, code, batch }));

test.each([
  { what: "nothing where nobody did", given: [], totals: [] },
  { what: "nothing of four members", given: by(4, 1), totals: [] },
  { what: "a figure of five", given: by(5, 1), totals: [{ code: "incident", times: 5 }] },
  { what: "one member five times is one member", given: Array(5).fill(by(1, 1)[0]), totals: [] },
  {
    what: "of five over two batches",
    given: [...by(2, 1), ...by(3, 2, "incident", 2)],
    totals: [{ code: "incident", times: 5 }],
  },
  {
    what: "no more until five had a part in more",
    given: [...by(5, 1), ...by(4, 2)],
    totals: [{ code: "incident", times: 5 }],
  },
  {
    what: "more, then",
    given: [...by(5, 1), ...by(4, 2), ...by(1, 3, "incident", 9)],
    totals: [{ code: "incident", times: 10 }],
  },
  {
    what: "each code by itself, in their order",
    given: [...by(5, 1, "other"), ...by(5, 1, "not-granted"), ...by(4, 1)],
    totals: [
      { code: "not-granted", times: 5 },
      { code: "other", times: 5 },
    ],
  },
])("why audits were ordered anyway: $what", ({ given, totals }) => {
  expect(reasonTotals(given)).toEqual(totals);
});
