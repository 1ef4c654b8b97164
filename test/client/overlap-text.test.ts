import { overlapText } from "@quasarix/client/cli/overlap-text.ts";
import type { OverlapView } from "@quasarix/shared/wire/overlap.ts";
import { expect, test } from "vitest";

const view: OverlapView = {
  asOf: { batch: 3, closedAt: Date.UTC(2026, 2, 4, 12) },
  detail: "states",
  need: "valid",
  counts: { sites: 10, usable: 6, own: 4, planned: 1, expired: 2, unknown: 1 },
  atStake: { audits: 2, days: [4, 10], money: { currency: "USD", amount: [2_200, 10_000] }, estimate: "An estimate." },
  sites: [],
};

test("counts, days and money come with their batch, and an estimate is called one", () => {
  expect(overlapText(view)).toBe(`sites on your list              10
with a usable audit on file     6
  of these by another member's  2
  of these by your own          4
planned by another member       1
expired                         2
nothing known                   1
Usable: valid today; \`quasarix policy publish\` says more closely what you take.
At stake: 2 audits that you need not order, 4 to 10 auditor days, USD 2,200 to 10,000. An estimate.
As of batch 3, closed 2026-03-04 12:00 UTC: what other members did later is in the next one.
`);
});

test("among few members it says yes and no, and why no more", () => {
  const few = { ...view.counts, planned: null, expired: null, unknown: null };
  const text = overlapText({ ...view, detail: "yes-no", counts: few });
  expect(text).toContain("without one                     4\n");
  expect(text).toContain("Below 8 active members the answer is yes or no alone.");
  expect(text).not.toContain("expired");
});

test("before the first batch it says that others are not heard yet", () => {
  const text = overlapText({ ...view, asOf: { batch: 0, closedAt: null } });
  expect(text).toContain("No batch is closed yet");
});
