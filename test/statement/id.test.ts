import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { isConsortiumId, isHashText, isOrganisationId, isRandom128, isSiteId } from "@quasarix/shared/statement/id.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const character = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".split(""));

test.each([
  { length: 16, check: isRandom128, what: "16" },
  { length: 32, check: isHashText, what: "32" },
])("the pattern for $what bytes is the decoder's rule", ({ length, check }) => {
  fc.assert(fc.property(bytesOf(length), (bytes) => check(base64url(bytes))));
  fc.assert(
    fc.property(bytesOf(length), character, (bytes, last) => {
      const text = base64url(bytes).slice(0, -1) + last;
      return check(text) === (fromBase64url(text) !== null);
    }),
  );
});

test("a hash in text is 43 characters that decode, wherever a foreign one stands", () => {
  const foreign = fc.constantFrom(..."+/=. ~\n\u0141\u00e9\0");
  fc.assert(
    fc.property(bytesOf(33), fc.integer({ min: 41, max: 44 }), fc.nat(43), foreign, (bytes, length, at, character) => {
      const text = base64url(bytes).slice(0, length);
      const spoilt = text.slice(0, at) + character + text.slice(at + 1);
      expect([text, spoilt].map(isHashText)).toEqual([text, spoilt].map((one) => fromBase64url(one)?.length === 32));
    }),
  );
});

const random = base64url(new Uint8Array(16));

test.each([
  { id: `org_${random}`, is: "an organisation" },
  { id: `site_${random}`, is: "a site" },
  { id: "log.example/one", is: "a consortium" },
  { id: `org_${random}A`, is: "nothing" },
  { id: "org_acme", is: "nothing" },
  { id: `site_${random.slice(1)}`, is: "nothing" },
  { id: "log example", is: "nothing" },
  { id: "log+example", is: "nothing" },
  { id: "log\nexample", is: "nothing" },
  { id: "", is: "nothing" },
])("`$id` is $is", ({ id, is }) => {
  expect(isOrganisationId(id)).toBe(is === "an organisation");
  expect(isSiteId(id)).toBe(is === "a site");
  expect(isConsortiumId(id)).toBe(is === "a consortium");
});
