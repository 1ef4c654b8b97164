import { base64url, fromBase64url, textsFromBase64url } from "@quasarix/shared/base64.ts";
import { fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import fc from "fast-check";
import { expect } from "vitest";

/** In Node and in workerd, whose own decoders differ. */
export function expectTextsAsAlone(): void {
  const alone = (text: string) => {
    const bytes = fromBase64url(text);
    return bytes && fromUtf8(bytes);
  };
  const ascii = fc.string({ unit: fc.nat({ max: 127 }).map((code) => String.fromCharCode(code)), maxLength: 9 });
  const encodedOf = (text: fc.Arbitrary<string>) => text.map((one) => base64url(utf8(one)));
  const good = fc.array(encodedOf(ascii), { maxLength: 4 });
  const other = encodedOf(fc.string({ unit: "binary" }));
  // Ends and beginnings of letters of several bytes, which together would be text.
  const torn = fc.constantFrom([0xc3], [0xa9], [0x41, 0x41, 0xc3], [0xa9, 0x41], [0xe2, 0x82], [0xac]);
  const half = torn.map((some) => base64url(Uint8Array.from(some)));
  const tail = fc.constantFrom("", "Q", "R", "AAAA", "=", "==", " ", "\n", "-_", "\u0141");
  const spoilt = fc
    .tuple(encodedOf(ascii), fc.nat({ max: 2 }), tail)
    .map(([text, cut, end]) => text.slice(0, text.length - cut) + end);
  const some = fc.array(fc.oneof(other, half, spoilt), { maxLength: 2 });
  fc.assert(
    fc.property(good, some, good, (before, between, after) => {
      const texts = [...before, ...between, ...after];
      expect(textsFromBase64url(texts)).toEqual(texts.map(alone));
    }),
    { numRuns: 5000, examples: [[["QUFBA"], ["AAAA"], []]] },
  );
}
