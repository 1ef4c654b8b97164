import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { Disclosure } from "@quasarix/shared/statement/disclosure.ts";
import { digestOf, readDisclosures } from "@quasarix/shared/statement/disclosure.ts";
import type { Json, JsonObject } from "@quasarix/shared/statement/json.ts";
import { resolve } from "@quasarix/shared/statement/resolve.ts";
import { describe, expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";

const SALT = "AAAAAAAAAAAAAAAAAAAAAA";
let drawn = 0;
/** A salt of its own each time: equal values must not give equal digests. */
const salt = () =>
  base64url(
    new Uint8Array(16)
      .fill(0)
      .with(0, ++drawn & 0xff)
      .with(1, drawn >> 8),
  );
const disclosureOf = (...parts: Json[]) => base64url(utf8(JSON.stringify([salt(), ...parts])));

type Frame = { _sd?: (string | number)[] } & { [name: string]: unknown };
type Shown = true | { [name: string]: Shown } | undefined;

interface Case {
  claims: JsonObject;
  disclosureFrame: Frame;
  presentationFrames: Shown;
  presentedClaims: JsonObject;
}

/** A plain RFC 9901 issuer over the frames of the vectors; keeps the disclosures that the presentation shows. */
function blind(value: Json, frame: Frame | undefined, shown: Shown, kept: string[]): Json {
  if (typeof value !== "object" || value === null) return value;
  const hidden = new Set((frame?._sd ?? []).map(String));
  const child = (name: string) => (typeof shown === "object" ? shown[name] : undefined);
  const one = (name: string, item: Json) => blind(item, frame?.[name] as Frame | undefined, child(name), kept);
  const hide = (name: string, text: string) => {
    if (child(name)) kept.push(text);
    return digestOf(text);
  };
  if (Array.isArray(value)) {
    return value.map((item, i) => {
      const blinded = one(String(i), item as Json);
      return hidden.has(String(i)) ? { "...": hide(String(i), disclosureOf(blinded)) } : blinded;
    });
  }
  const plain: Record<string, Json> = {};
  const digests: string[] = [];
  for (const [name, item] of Object.entries(value)) {
    const blinded = one(name, item as Json);
    if (hidden.has(name)) digests.push(hide(name, disclosureOf(name, blinded)));
    else plain[name] = blinded;
  }
  return digests.length > 0 ? { ...plain, _sd: digests.sort() } : plain;
}

const folder = sharedPath("vectors", "sd-jwt", "js", "packages", "core", "test");
const cases = (folder ? readdirSync(folder) : []).map((file) => ({
  file,
  ...(JSON.parse(readFileSync(path.join(folder as string, file), "utf8")) as Case),
}));

/** RFC 9901 7.1 removes digests, not the object they stood in, and the second implementation of this case agrees. */
const byTheRfc: Record<string, JsonObject> = { "array_none_disclosed.json": { is_over: {} } };

describe.skipIf(!folder)("SD-JWT cases", () => {
  test.each(cases)("$file", ({ file, claims, disclosureFrame, presentationFrames, presentedClaims }) => {
    const kept: string[] = [];
    const payload = blind(claims, disclosureFrame, presentationFrames, kept) as JsonObject;
    const disclosures = readDisclosures(kept);
    if (!disclosures.ok) throw new Error(disclosures.failure);
    expect(resolve({ ...payload, _sd_alg: "sha-256" }, disclosures.value)).toEqual({
      ok: true,
      value: byTheRfc[file] ?? presentedClaims,
    });
  });

  test("there are as many as we think", () => expect(cases.length).toBe(17));
});

const read = (...texts: string[]): readonly Disclosure[] => {
  const disclosures = readDisclosures(texts);
  if (!disclosures.ok) throw new Error(disclosures.failure);
  return disclosures.value;
};
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
