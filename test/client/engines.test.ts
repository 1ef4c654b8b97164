import { fromBase64url, useNodeEngines } from "@quasarix/client/node/engines.ts";
import { base64url, fromBase64url as portable, textsFromBase64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { hmacSha256, sha256, sha256Text } from "@quasarix/shared/sha256.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

// The portable side is asked before this process takes Node's engines on, in the last test.

test.each([
  ["a text with padding", "QQ=="],
  ["the other alphabet", "+/+/"],
  ["white space inside", "QU FB"],
  ["white space at the end", "QUFB\n"],
  ["stray bits", "QR"],
  ["one character too many", "QUFBQ"],
  ["a letter whose low byte is in the alphabet", "QUF\u0141"],
])("%s has no bytes", (_, text) => {
  expect([fromBase64url(text), portable(text)]).toEqual([null, null]);
});

test("any text has the bytes that it has in the portable loops", () => {
  const near = fc.string({ unit: fc.constantFrom(..."AQgwZz09-_+/= \n~\u00e9\u0141\u{1f600}"), maxLength: 12 });
  const real = fc.uint8Array({ maxLength: 300 }).map(base64url);
  fc.assert(
    fc.property(fc.oneof(near, real), (text) => {
      expect(fromBase64url(text)).toEqual(portable(text));
    }),
    { numRuns: 3000 },
  );
});

const TEXTS: readonly (readonly [what: string, bytes: Uint8Array])[] = [
  ["ASCII", utf8('["salt","name",1]')],
  ["letters beyond ASCII", utf8("fabrik \u00fc \u5de5\u5382 \u{1f600}")],
  ["the replacement character itself", utf8("\ufffd")],
  ["a byte-order mark", utf8("\ufeff[]")],
  ["a byte that begins nothing", Uint8Array.of(0x5b, 0xff, 0x5d)],
  ["a surrogate in three bytes", Uint8Array.of(0xed, 0xa0, 0x80)],
  ["an overlong spelling", Uint8Array.of(0xc0, 0xaf)],
  ["more than is held", new Uint8Array(100_000).fill(0x41)],
];

test.each(TEXTS)("%s has its bytes", (_, bytes) => {
  expect(fromBase64url(base64url(bytes))).toEqual(bytes);
});

test("Node's texts and hashes are the portable ones, at every length of the first blocks", () => {
  const message = Uint8Array.from({ length: 300 }, (_, i) => i * 7);
  const all = () =>
    Array.from({ length: message.length + 1 }, (_, length) => {
      const part = message.subarray(0, length);
      return [sha256(part), hmacSha256(part, message), sha256Text("a".repeat(length))];
    });
  const texts = TEXTS.map(([, bytes]) => base64url(bytes));
  const before = [all(), textsFromBase64url(texts)];
  useNodeEngines();
  expect([all(), textsFromBase64url(texts)]).toEqual(before);
});
