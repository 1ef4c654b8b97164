import { planDates } from "@quasarix/shared/benchmark/plan-dates.ts";
import type { PlanKind } from "@quasarix/shared/benchmark/releasing.ts";
import { secondLook } from "@quasarix/shared/benchmark/second-look.ts";
import { expect, test } from "vitest";

const dated = (kind: PlanKind, from?: string, day = "2026-11-22") => {
  const dates = planDates({ kind, from }, { now: Date.parse(day) / 1000, foundingSeconds: 60 });
  if (!dates.ok) throw new Error(dates.failure.message);
  return dates.value;
};

test.each([
  { says: "the same quarters twice", a: dated("quarter"), b: dated("quarter"), is: "2026-Q4 2026-Q4" },
  { says: "one quarter of four", a: dated("both", "2027"), b: dated("quarter"), is: "2027-Q1 2027-Q1" },
  { says: "a year twice", a: dated("both"), b: dated("year"), is: "2026 2026" },
  {
    says: "a founding after the quarters that it is of",
    a: dated("founding"),
    b: dated("quarter", "2025-Q3", "2025-08-01"),
    is: "2025-Q3+2026-Q2 2025-Q3",
  },
  {
    says: "a founding a quarter after a founding",
    a: dated("founding", undefined, "2027-02-01"),
    b: dated("founding"),
    is: "2025-Q4+2026-Q3 2025-Q3+2026-Q2",
  },
  { says: "quarters beside their year are the two looks of 1.6", a: dated("quarter"), b: dated("year"), is: null },
  { says: "a year beside a founding are two looks as well", a: dated("year"), b: dated("founding"), is: null },
  { says: "the quarters after a founding's", a: dated("quarter"), b: dated("founding"), is: null },
  { says: "one year after the other", a: dated("year", "2027"), b: dated("year"), is: null },
])("$says: $is", ({ a, b, is }) => {
  const second = secondLook(a, [b]);
  expect(second && `${second.cohort} ${second.taken}`).toBe(is);
  expect(secondLook(b, [a]) === null).toBe(is === null);
});

test("no plan looks twice at its own days, and none before it is no hindrance", () => {
  expect(secondLook(dated("both"), [])).toBeNull();
});
