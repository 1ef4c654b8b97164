import { type FoundingFacts, isBatchDue, isFoundingDue } from "@quasarix/shared/duplicate/batch.ts";
import { expect, test } from "vitest";

const WEEK = 604_800_000;
const MINUTE = 60_000;
const FACTS: FoundingFacts = { foundedAt: 0, joined: 6, listed: 6, isWaiting: false, lastAt: 10 * MINUTE };

test.each<{ name: string; over: Partial<FoundingFacts>; now: number; due: boolean }>([
  { name: "everybody has brought a list, and ten quiet minutes went by", over: {}, now: 20 * MINUTE, due: true },
  { name: "the last list or audit is younger than ten minutes", over: {}, now: 20 * MINUTE - 1, due: false },
  { name: "one that joined has brought none", over: { listed: 5 }, now: 20 * MINUTE, due: false },
  { name: "four members are too few", over: { joined: 4, listed: 4 }, now: 20 * MINUTE, due: false },
  { name: "five are enough", over: { joined: 5, listed: 5 }, now: 20 * MINUTE, due: true },
  { name: "a report waits for its round", over: { isWaiting: true }, now: 20 * MINUTE, due: false },
  { name: "a week after genesis nobody is waited for", over: { listed: 1, isWaiting: true }, now: WEEK, due: true },
  { name: "a moment before that they are", over: { listed: 1 }, now: WEEK - 1, due: false },
])("the founding batch, where $name: $due", ({ over, now, due }) => {
  expect(isFoundingDue({ ...FACTS, ...over }, now, WEEK)).toBe(due);
});

test("a demonstration of short batches is quiet for one of them only", () => {
  expect(isFoundingDue({ ...FACTS, foundedAt: 11 * MINUTE }, 10 * MINUTE + 1_000, 1_000)).toBe(true);
});

test.each([
  { now: WEEK + 5, due: true },
  { now: WEEK + 4, due: false },
])("a later batch is due a week after the last one: at $now ms $due", ({ now, due }) => {
  expect(isBatchDue({ number: 1, closedAt: 5, size: 9 }, now, WEEK)).toBe(due);
});
