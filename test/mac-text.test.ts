import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { u64be } from "@quasarix/shared/bytes.ts";
import { macText, openMacText } from "@quasarix/shared/mac-text.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const key = new Uint8Array(32).fill(7);
const bytes = (max: number) => fc.uint8Array({ maxLength: max }).map((some) => new Uint8Array(some));

test("a text opens to its payload, under its own key and label alone, and with no bit changed", () => {
  fc.assert(
    fc.property(bytes(32), fc.string(), fc.nat(), (payload, label, at) => {
      const text = macText(key, label, payload);
      expect(openMacText(key, label, text)).toEqual(payload);
      expect(openMacText(key, `${label}.`, text)).toBeNull();
      expect(openMacText(new Uint8Array(32), label, text)).toBeNull();
      const spoilt = fromBase64url(text) as Uint8Array;
      spoilt[at % spoilt.length] = (spoilt[at % spoilt.length] as number) ^ (1 << (at % 8));
      expect(openMacText(key, label, base64url(spoilt))).toBeNull();
    }),
  );
});

test("two payloads of one label tell neither themselves nor how far they are apart", () => {
  const hiddenOf = (position: number) => (fromBase64url(macText(key, "list", u64be(position))) as Uint8Array).slice(16);
  const all = Array.from({ length: 200 }, (_, position) => hiddenOf(position));
  for (const [at, hidden] of all.entries()) expect(hidden).not.toEqual(u64be(at));
  // Under one keystream all pairs that are one apart would differ in the same few bits.
  const apart = all
    .slice(1)
    .map((hidden, at) => hidden.map((byte, i) => byte ^ ((all[at] as Uint8Array)[i] as number)));
  expect(new Set(apart.map((one) => one.join())).size).toBe(199);
});

test("more than a hash's bytes are not hidden, and not taken", () => {
  expect(() => macText(key, "list", new Uint8Array(33))).toThrow("33 bytes");
  expect(openMacText(key, "list", base64url(new Uint8Array(49)))).toBeNull();
});
