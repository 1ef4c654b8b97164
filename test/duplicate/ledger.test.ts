import { amountOf, centsOf, money } from "@quasarix/shared/duplicate/cents.ts";
import { plansShownThrough, savedOf, shownThrough } from "@quasarix/shared/duplicate/ledger.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

test("an amount is as many cents, and back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (cents) => {
      const amount = amountOf(cents);
      expect(centsOf(amount)).toBe(cents);
      expect(money.safeParse({ amount, currency: "EUR" }).success).toBe(true);
      expect(`${BigInt(cents) / 100n}.${String(BigInt(cents) % 100n).padStart(2, "0")}`).toBe(amount);
    }),
  );
  expect(["0", "7", "7.5", "7.50", "1234567.08"].map(centsOf)).toEqual([0, 700, 750, 750, 123456708]);
});

test("money is by currency and in the order of its letters, and no two currencies are added", () => {
  const money = [
    { currency: "USD", cents: 5 },
    { currency: "EUR", cents: 240_000 },
  ];
  expect(savedOf({ avoided: 3, quarterDays: 13, money })).toEqual({
    avoided: 3,
    days: 3.25,
    money: [
      { currency: "EUR", amount: "2400.00" },
      { currency: "USD", amount: "0.05" },
    ],
  });
});

describe("up to which batch the consortium's figures are shown", () => {
  const by = (batch: number, ...orgs: string[]) => orgs.map((org) => ({ org, batch }));
  test.each([
    { what: "nobody did anything", of: [], is: null },
    { what: "four members did something", of: by(1, "a", "b", "c", "d"), is: null },
    { what: "one did something five times", of: [1, 2, 3, 4, 5].flatMap((batch) => by(batch, "a")), is: null },
    { what: "five did something in one batch", of: by(3, "a", "b", "c", "d", "e"), is: 3 },
    { what: "the fifth came later", of: [...by(1, "a", "b", "c", "d"), ...by(4, "e")], is: 4 },
    {
      what: "the next batch is one member's: it waits, for the difference would be that member's",
      of: [...by(1, "a", "b", "c", "d", "e"), ...by(2, "a")],
      is: 1,
    },
    {
      what: "five had a part in what came after",
      of: [...by(1, "a", "b", "c", "d", "e"), ...by(2, "a", "b"), ...by(5, "c", "d", "f"), ...by(6, "a")],
      is: 5,
    },
    { what: "they come in any order", of: [...by(6, "f"), ...by(2, "e"), ...by(1, "a", "b", "c", "d")], is: 2 },
  ])("$what: $is", ({ of, is }) => {
    expect(shownThrough(of)).toBe(is);
  });
});

describe("up to which batch joint audits are shown", () => {
  const plan = (batch: number, name: string, ...orgs: string[]) => orgs.map((org) => ({ org, batch, plan: name }));
  const [p, q, r] = [plan(1, "p", "a", "b", "c"), plan(1, "q", "a", "d"), plan(2, "r", "b", "e")];
  test.each([
    { what: "one plan of six: its joiners would learn how many they were", of: plan(1, "p", ..."abcdef"), is: null },
    { what: "two plans of five", of: [...p, ...q, ...plan(1, "q", "e")], is: null },
    { what: "three plans of four", of: [...p, ...q, ...plan(2, "r", "a", "b")], is: null },
    { what: "three plans of five", of: [...p, ...q, ...r], is: 2 },
    {
      what: "three plans of two each: as few as there can be, so each joiner would know its own to be of two",
      of: [...plan(1, "p", "a", "b"), ...plan(1, "q", "c", "d"), ...plan(1, "r", "e", "f")],
      is: null,
    },
    { what: "a fourth waits", of: [...p, ...q, ...r, ...plan(3, "s", ..."abcdef")], is: 2 },
    {
      what: "with the sixth it is shown",
      of: [...p, ...q, ...r, ...["s", "t", "u"].flatMap((name, i) => plan(3 + i, name, ..."abcde"))],
      is: 5,
    },
  ])("$what: $is", ({ of, is }) => {
    expect(plansShownThrough(of)).toBe(is);
  });
});
