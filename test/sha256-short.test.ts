import { createHash, createHmac } from "node:crypto";
import { hmacSha256Short, SHORT_LENGTH, sha256Short, sha256ShortText } from "@quasarix/shared/sha256-short.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const native = (message: Uint8Array) => createHash("sha256").update(message).digest("hex");
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test.each([
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
])("`%s` has the digest that FIPS 180-4's examples give it", (text, digest) => {
  expect(hexOf(sha256ShortText(text))).toBe(digest);
});

test("every length from nothing to the longest agrees with the host", () => {
  for (let length = 0; length <= SHORT_LENGTH; length++) {
    const message = crypto.getRandomValues(new Uint8Array(length));
    expect(hexOf(sha256Short(message))).toBe(native(message));
  }
});

test("a message is not touched by the one before it, and two digests share no buffer", () => {
  const short = fc.uint8Array({ maxLength: SHORT_LENGTH });
  fc.assert(
    fc.property(short, short, (first, second) => {
      const digest = sha256Short(first);
      sha256Short(second);
      return hexOf(digest) === native(first);
    }),
  );
});

test("a text hashes as its ASCII bytes", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme-ascii", maxLength: SHORT_LENGTH }),
      (text) => hexOf(sha256ShortText(text)) === native(Buffer.from(text)),
    ),
  );
});

test("an HMAC agrees with the host under every length of key up to a block", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 64 }),
      fc.uint8Array({ maxLength: SHORT_LENGTH - 64 }),
      (key, message) =>
        hexOf(hmacSha256Short(key, message)) === createHmac("sha256", key).update(message).digest("hex"),
    ),
  );
});

test("what is too long is a bug, not a wrong digest", () => {
  expect(() => sha256Short(new Uint8Array(SHORT_LENGTH + 1))).toThrow(RangeError);
  expect(() => sha256ShortText("a".repeat(SHORT_LENGTH + 1))).toThrow(RangeError);
  expect(() => hmacSha256Short(new Uint8Array(65), new Uint8Array(0))).toThrow(RangeError);
});
