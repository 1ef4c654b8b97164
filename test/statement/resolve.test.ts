import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { Disclosure } from "@quasarix/shared/statement/disclosure.ts";
import { digestOf, readDisclosures } from "@quasarix/shared/statement/disclosure.ts";
import { resolve } from "@quasarix/shared/statement/resolve.ts";
import { describe, expect, test } from "vitest";
import type { SdJwtCase } from "./sd-jwt-cases.ts";
import { jsCases, pythonCases } from "./sd-jwt-cases.ts";
import type { Shown } from "./sd-jwt-issuer.ts";
import { disclosureOf, issue, seen } from "./sd-jwt-issuer.ts";

const SALT = "AAAAAAAAAAAAAAAAAAAAAA";

const read = (...texts: string[]): readonly Disclosure[] => {
  const disclosures = readDisclosures(texts);
  if (!disclosures.ok) throw new Error(disclosures.failure);
  return disclosures.value;
};
const js = jsCases();
const python = pythonCases();
const cases = [...js, ...python];

function resolved({ claims, frame }: SdJwtCase, shown: Shown, decoys: boolean) {
  const { payload, kept } = issue(claims, frame, shown, decoys);
  return resolve(payload, read(...kept));
}

describe.skipIf(cases.length === 0)("SD-JWT cases", () => {
  describe.each(cases)("$name", (one) => {
    const value = one.expected ?? seen(one.claims, one.frame, one.shown);

    test("shows what the holder disclosed", () => expect(resolved(one, one.shown, false)).toEqual({ ok: true, value }));
    test("shows the same among decoys", () => expect(resolved(one, one.shown, true)).toEqual({ ok: true, value }));
    test("shows everything when everything is disclosed", () =>
      expect(resolved(one, "all", true)).toEqual({ ok: true, value: one.claims }));
  });

  test.each(cases.filter(({ expected }) => expected))("$name is told from its frames alone", (one) =>
    expect(seen(one.claims, one.frame, one.shown)).toEqual(one.expected),
  );

  test("there are as many as we think", () => {
    const told = cases.filter(({ expected }) => expected).length;
    const onPayload = cases.filter(({ aside }) => aside.length > 0).length;
    console.info(
      `SD-JWT cases: ${js.length} JavaScript, ${python.length} Python; ${told} say what a verifier sees, ` +
        `${cases.length - told} derived from what the holder discloses; ${onPayload} on their payload only`,
    );
    expect([js.length, python.length, told, onPayload]).toEqual([17, 32, 34, 9]);
  });
});

const member = disclosureOf("a", 1);
const element = disclosureOf(1);

describe("the general resolver refuses", () => {
  test.each([
    {
      what: "a digest twice",
      payload: { _sd: [digestOf(member)], b: { _sd: [digestOf(member)] } },
      of: [member],
      reason: "digest-twice",
    },
    { what: "a disclosure that nothing names", payload: {}, of: [member], reason: "unreferenced" },
    {
      what: "a member where a list wants an element",
      payload: { l: [{ "...": digestOf(member) }] },
      of: [member],
      reason: "arity",
    },
    {
      what: "an element where an object wants a member",
      payload: { _sd: [digestOf(element)] },
      of: [element],
      reason: "arity",
    },
    {
      what: "a name that is already there",
      payload: { a: 0, _sd: [digestOf(member)] },
      of: [member],
      reason: "name-twice",
    },
    { what: "a digest that is a number", payload: { _sd: [1] }, of: [], reason: "digest-form" },
    { what: "an `_sd` that is no array", payload: { _sd: "x" }, of: [], reason: "digest-form" },
    {
      what: "an element with more than a digest",
      payload: { l: [{ "...": "x", b: 1 }] },
      of: [],
      reason: "digest-form",
    },
  ])("$what", ({ payload, of, reason }) => {
    expect(resolve(payload, read(...of))).toEqual({ ok: false, failure: reason });
  });
});

describe("a disclosure is refused", () => {
  const text = (value: unknown) => base64url(utf8(JSON.stringify(value)));
  test.each([
    { what: "altered base64url", texts: [`${text([SALT, "a", 1])}=`], reason: "disclosure-form" },
    { what: "stray bits at its end", texts: [text([SALT, "a", 10]).replace(/.$/, "l")], reason: "disclosure-form" },
    { what: "an object", texts: [text({ a: 1 })], reason: "disclosure-form" },
    { what: "no JSON", texts: [base64url(utf8("["))], reason: "disclosure-form" },
    { what: "nothing", texts: [""], reason: "disclosure-form" },
    { what: "one part", texts: [text([SALT])], reason: "arity" },
    { what: "four parts", texts: [text([SALT, "a", 1, 2])], reason: "arity" },
    { what: "a short salt", texts: [text(["AAAA", "a", 1])], reason: "salt" },
    { what: "a salt that is a number", texts: [text([1, "a", 1])], reason: "salt" },
    { what: "a name that is a number", texts: [text([SALT, 1, 1])], reason: "disclosure-name" },
    { what: "the name _sd", texts: [text([SALT, "_sd", []])], reason: "disclosure-name" },
    { what: "the name ...", texts: [text([SALT, "...", 1])], reason: "disclosure-name" },
    { what: "itself twice", texts: [member, member], reason: "disclosure-twice" },
  ])("for $what", ({ texts, reason }) => {
    expect(readDisclosures(texts)).toEqual({ ok: false, failure: reason });
  });
});
