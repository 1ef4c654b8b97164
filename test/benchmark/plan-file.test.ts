import { buildPlan } from "@quasarix/shared/benchmark/build-plan.ts";
import { planHash, readPlan, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import { describe, expect, test } from "vitest";
import { ask, pool } from "./participants.ts";

const participants = [...pool(9, 5), ...pool(9, 3, { industry: "food" }), ...pool(9, 3, { industry: "toys" })];
const made = buildPlan(ask(["quarter", "year"], { participants }));
if (!made.ok) throw new Error(made.failure.reason);
const plan = made.value;
const text = fromUtf8(writePlan(plan)) ?? "";

test("a plan is written once and read as what it was", () => {
  expect(readPlan(utf8(text))).toEqual({ ok: true, value: plan });
  expect(text).toMatch(/^\{"version":1,"consortium":"log\.example\/one","profile":"eight",/);
  expect(text).not.toMatch(/\s(?!or|more|companies)|\.\d/);
});

test("members in another order are the same plan", () => {
  const turned = Object.fromEntries(Object.entries(plan).toReversed()) as unknown as typeof plan;
  expect(planHash(writePlan(turned))).toBe(planHash(utf8(text)));
});

const swapped = (from: string | RegExp, to: string) => {
  const spoilt = text.replace(from, to);
  expect(spoilt).not.toBe(text);
  return spoilt;
};

describe("any other spelling is refused", () => {
  test.each<[string, string, string]>([
    ["a final LF", `${text}\n`, "not-exact"],
    ["white space", swapped(',"K"', ', "K"'), "not-exact"],
    ["a member more", swapped('"K":5', '"K":5,"note":"x"'), "form"],
    ["a member less", swapped('"K":5,', ""), "form"],
    ["a member twice", swapped('"K":5', '"K":50,"K":5'), "json"],
    ["another order", swapped('"K":5,"W":40', '"W":40,"K":5'), "not-exact"],
    [
      "another order in a cell",
      swapped(/"path":("[^"]*"),"where":(\[[^\]]*\][^\]]*\])/, '"where":$2,"path":$1'),
      "not-exact",
    ],
    ["a fraction", swapped('"K":5', '"K":5.5'), "form"],
    ["a float that is whole", swapped('"K":5', '"K":5.0'), "not-exact"],
    ["an exponent", swapped('"W":40', '"W":4e1'), "not-exact"],
    ["nought with a sign", swapped(/"cutoff":\d+/, '"cutoff":-0'), "not-exact"],
    ["an escape", swapped("companies", "c\\u006fmpanies"), "not-exact"],
    ["no cells", swapped(/"cells":\[\{.*?\}\]\}\]/, '"cells":[]'), "form"],
    ["another version", swapped('"version":1', '"version":2'), "form"],
    ["a condition both in and not in", swapped('"in":["textiles"]', '"in":["textiles"],"notIn":["food"]'), "form"],
    ["a commitment that is none", swapped(/"planKey":"[^"]*"/, '"planKey":"AA"'), "form"],
    ["no JSON", text.slice(1), "json"],
  ])("%s", (_, spoilt, refusal) => {
    expect(readPlan(utf8(spoilt))).toEqual({ ok: false, failure: refusal });
  });

  test("a byte-order mark, and what is not UTF-8", () => {
    expect(readPlan(utf8(`\ufeff${text}`))).toEqual({ ok: false, failure: "json" });
    expect(readPlan(new Uint8Array([0xff]))).toEqual({ ok: false, failure: "json" });
  });
});
