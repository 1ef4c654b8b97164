import { base64, base64url, fromBase64, fromBase64url, fromHex, hex } from "@quasarix/shared/base64.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { expectTextsAsAlone } from "./base64-texts.ts";

test("agrees with the host, and every byte string has one spelling", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const host = Buffer.from(bytes);
      expect([base64(bytes), base64url(bytes), hex(bytes)]).toEqual(
        (["base64", "base64url", "hex"] as const).map((encoding) => host.toString(encoding)),
      );
      expect([fromBase64(base64(bytes)), fromBase64url(base64url(bytes)), fromHex(hex(bytes))]).toEqual(
        Array.from({ length: 3 }, () => new Uint8Array(bytes)),
      );
    }),
  );
});

test("whatever is accepted is what would be written", () => {
  const text = fc.string({ unit: fc.constantFrom(..."AQgwZz09-_+/= \n~\u00e9\u{1f600}"), maxLength: 9 });
  fc.assert(
    fc.property(text, (one) => {
      const padded = fromBase64(one);
      const bare = fromBase64url(one);
      return (!padded || base64(padded) === one) && (!bare || base64url(bare) === one);
    }),
    { numRuns: 3000 },
  );
});

test("texts decoded together are those decoded alone, wherever one of them is none", expectTextsAsAlone);
