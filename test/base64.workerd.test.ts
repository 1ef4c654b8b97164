import { base64, base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expectTextsAsAlone } from "./base64-texts.ts";

// Long enough for the host's own decoder, which by itself is more tolerant than we are.
const LONG = "A".repeat(64);

test("in workerd, whatever long text is accepted is what would be written", () => {
  const text = fc.string({ unit: fc.constantFrom(..."AQgwZz09-_+/= \n\t~\u00e9"), maxLength: 9 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const one = before + LONG + after;
      const bytes = fromBase64url(one);
      return !bytes || base64url(bytes) === one;
    }),
    { numRuns: 3000 },
  );
});

test.each([
  "",
  " ",
  "    ",
  "\n\n\n\n",
  "A A ",
  "AB",
  "AAB",
  "AA=",
  "AA==",
  "AAA=",
  "====",
  "+AAA",
  "A",
  "AA",
  "AAA",
  "AAAA",
])("in workerd, a long text followed by %j is accepted only where it is canonical", (tail) => {
  expect(fromBase64url(LONG + tail) !== null).toBe(["", "AA", "AAA", "AAAA"].includes(tail));
});

test("in workerd, both spellings agree with Buffer's", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200, size: "max" }), (bytes) => {
      const host = Buffer.from(bytes);
      expect([base64(bytes), base64url(bytes)]).toEqual([host.toString("base64"), host.toString("base64url")]);
      expect(fromBase64url(base64url(bytes))).toEqual(new Uint8Array(bytes));
    }),
  );
});

test("in workerd, texts decoded together are those decoded alone", expectTextsAsAlone);
