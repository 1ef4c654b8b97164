import { finalAt, type LifecycleFacts, lifecycleOf, REPLY_MS } from "@quasarix/shared/audit/lifecycle.ts";
import { describe, expect, test } from "vitest";

const T = 1_790_000_000_000;
const DAY = 86_400_000;
const draft: LifecycleFacts = {
  provenance: "auditor-signed",
  admittedAt: T,
  deliveredAt: null,
  respondedAt: null,
  acceptedAt: null,
  isReplied: false,
  isDisputed: false,
  correctedBy: null,
};
const opened = { deliveredAt: T + DAY };
const replied = { respondedAt: T + 2 * DAY, isReplied: true };
const disputed = { respondedAt: T + 2 * DAY, isDisputed: true };
const END = T + DAY + REPLY_MS;

describe("an audit", () => {
  test.each<{ what: string; facts: Partial<LifecycleFacts>; at: number; is: string }>([
    { what: "that nobody opened is a draft", facts: {}, at: T, is: "draft awaited" },
    { what: "that nobody opened is a draft after years", facts: {}, at: T + 9_999 * DAY, is: "draft awaited" },
    { what: "that was opened is delivered", facts: opened, at: T + DAY, is: "delivered awaited" },
    { what: "is delivered until a millisecond before", facts: opened, at: END - 1, is: "delivered awaited" },
    { what: "is final 30 days later, and silence is no reply", facts: opened, at: END, is: "final no-reply" },
    {
      what: "that was answered is still delivered",
      facts: { ...opened, ...replied },
      at: END - 1,
      is: "delivered replied",
    },
    { what: "that was answered is final as any", facts: { ...opened, ...replied }, at: END, is: "final replied" },
    {
      what: "that was answered before it was opened has its days from the answer",
      facts: { ...replied, deliveredAt: T + 3 * DAY },
      at: T + 2 * DAY + REPLY_MS,
      is: "final replied",
    },
    {
      what: "that was disputed is disputed when final",
      facts: { ...opened, ...disputed },
      at: END,
      is: "final disputed",
    },
    {
      what: "that was accepted is final at once",
      facts: { ...opened, ...replied, acceptedAt: T + 2 * DAY },
      at: T + 2 * DAY,
      is: "final accepted",
    },
    {
      what: "that was disputed and accepted later is final, and the dispute stays in sight",
      facts: { ...opened, ...disputed, isReplied: true, acceptedAt: T + 5 * DAY },
      at: T + 5 * DAY,
      is: "final disputed",
    },
    {
      what: "of the supplier's own needs no reply",
      facts: { provenance: "supplier-signed" },
      at: T,
      is: "final accepted",
    },
    {
      what: "that was copied is a draft like one that was signed",
      facts: { provenance: "submitted-copy" },
      at: T,
      is: "draft awaited",
    },
  ])("$what", ({ facts, at, is }) => {
    const { state, response } = lifecycleOf({ ...draft, ...facts }, at);
    expect(`${state} ${response}`).toBe(is);
  });

  test("says which audit stands in its place, in whatever state", () => {
    expect(lifecycleOf({ ...draft, correctedBy: "newer" }, T)).toEqual({
      state: "draft",
      finalAt: null,
      response: "awaited",
      correctedBy: "newer",
    });
  });

  test("has one end, which no later event puts off", () => {
    expect(finalAt({ ...draft, ...opened })).toBe(END);
    expect(finalAt({ ...draft, ...opened, respondedAt: END - 1 })).toBe(END);
    expect(finalAt({ ...draft, ...opened, acceptedAt: T + 2 * DAY })).toBe(T + 2 * DAY);
  });
});
