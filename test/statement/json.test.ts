import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseJson } from "@quasarix/shared/statement/json.ts";
import { describe, expect, test } from "vitest";
import { sharedPath } from "../shared-data.ts";

const folder = sharedPath("vectors", "jsontestsuite", "test_parsing");
const files = folder ? readdirSync(folder) : [];
const read = (file: string) => parseJson(new Uint8Array(readFileSync(path.join(folder as string, file))));

/** Files that any parser may accept and ours may not: a name twice (FORMATS 1). */
const stricter = new Set(["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]);

describe.skipIf(!folder)("JSONTestSuite", () => {
  test("accepts every y_ file but a name twice", () => {
    const refused = files.filter((file) => file.startsWith("y_") && !read(file).ok);
    expect(new Set(refused)).toEqual(stricter);
    for (const file of stricter) expect(read(file)).toEqual({ ok: false, failure: "name-twice" });
  });

  test("refuses every n_ file", () => {
    expect(files.filter((file) => file.startsWith("n_") && read(file).ok)).toEqual([]);
    expect(files.filter((file) => file.startsWith("n_")).length).toBe(186);
  });

  test("answers every i_ file, whatever the answer", () => {
    for (const file of files.filter((name) => name.startsWith("i_"))) expect(typeof read(file).ok).toBe("boolean");
  });
});

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("strict JSON", () => {
  test.each([
    { what: "a name twice", text: '{"a":1,"a":1}', reason: "name-twice" },
    { what: "a name twice, once as an escape", text: '{"a":1,"\\u0061":2}', reason: "name-twice" },
    {
      what: "a name twice in an object that a later one hides",
      text: '{"a":{"b":1,"b":2},"a":1}',
      reason: "name-twice",
    },
    { what: "__proto__ twice", text: '{"__proto__":1,"__proto__":2}', reason: "name-twice" },
    { what: "a byte-order mark", text: "\ufeff{}", reason: "byte-order-mark" },
    { what: "a lone high surrogate", text: '["\\ud800"]', reason: "lone-surrogate" },
    { what: "a lone low surrogate in a name", text: '{"\\udc00":1}', reason: "lone-surrogate" },
    { what: "33 levels", text: nested(33), reason: "too-deep" },
    { what: "a hundred thousand levels", text: nested(100_000), reason: "too-deep" },
    { what: "a number beyond a double", text: "[1e400]", reason: "number-out-of-range" },
    { what: "a trailing comma", text: "[1,]", reason: "syntax" },
    { what: "NaN", text: "NaN", reason: "syntax" },
    { what: "nothing", text: "", reason: "syntax" },
  ])("refuses $what", ({ text, reason }) => {
    expect(parseJson(text)).toEqual({ ok: false, failure: reason });
  });

  test.each([
    { what: "32 levels", text: nested(32) },
    { what: "a surrogate pair", text: '["\\ud83d\\ude00"]' },
    { what: "colons and quotes inside of strings", text: '{"a:\\":b":"c:\\"d:"}' },
    { what: "the same name at two levels", text: '{"a":{"a":1}}' },
    { what: "__proto__ as a name", text: '{"__proto__":1}' },
  ])("accepts $what", ({ text }) => {
    expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
  });

  test("refuses bytes that are not UTF-8", () => {
    expect(parseJson(new Uint8Array([0x22, 0xff, 0x22]))).toEqual({ ok: false, failure: "not-utf8" });
  });
});
