import { base64 } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { formatTlogProof, parseTlogProof } from "@quasarix/shared/log/tlog-proof.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../runs.ts";

const hash = new Uint8Array(32).fill(7);
const note = "log.example\n3\nroot\n\n— log.example AAAA\n";
const proof = { extra: new Uint8Array([1, 2, 3]), index: 2, path: [hash, hash], note };
const text = formatTlogProof(proof);

test("a proof is written as FORMATS 4 says", () => {
  const line = base64(hash);
  expect(text).toBe(`c2sp.org/tlog-proof@v1\nextra AQID\nindex 2\n${line}\n${line}\n\n${note}`);
});

test("proofs round-trip, with and without extra, the note untouched", () => {
  const bytes = (length: { minLength: number; maxLength: number }) => fc.uint8Array(length) as fc.Arbitrary<Bytes>;
  const any = fc.record({
    extra: fc.option(bytes({ minLength: 1, maxLength: 200 })),
    index: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    path: fc.array(bytes({ minLength: 32, maxLength: 32 }), { maxLength: 63 }),
    note: fc.string(),
  });
  fc.assert(
    fc.property(any, (value) => {
      expect(parseTlogProof(formatTlogProof(value))).toEqual({ ok: true, value });
    }),
  );
});

test("a changed character is refused, or read as what stands there", () => {
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.string(), (at, put) => {
      const changed = text.slice(0, at) + put + text.slice(at + 1);
      const parsed = parseTlogProof(changed);
      if (parsed.ok) expect(formatTlogProof(parsed.value)).toBe(changed);
    }),
    { numRuns: runs(2_000) },
  );
});

const longest = (hashes: number) => formatTlogProof({ ...proof, path: Array.from({ length: hashes }, () => hash) });
test.each([
  { what: "nothing in it", changed: "", line: 1 },
  { what: "another version", changed: text.replace("@v1", "@v2"), line: 1 },
  { what: "a byte-order mark", changed: `\ufeff${text}`, line: 1 },
  { what: "carriage returns", changed: text.replaceAll("\n", "\r\n"), line: 1 },
  { what: "an empty extra", changed: text.replace("AQID", ""), line: 2 },
  { what: "an extra that is no base64", changed: text.replace("AQID", "AQI"), line: 2 },
  { what: "extra twice", changed: text.replace("extra AQID\n", "extra AQID\nextra AQID\n"), line: 3 },
  { what: "no index", changed: text.replace("index 2\n", ""), line: 3 },
  { what: "an index with a leading zero", changed: text.replace("index 2", "index 02"), line: 3 },
  { what: "an index with a sign", changed: text.replace("index 2", "index +2"), line: 3 },
  { what: "an index beyond 2^53-1", changed: text.replace("index 2", "index 9007199254740992"), line: 3 },
  { what: "an index of 2^63", changed: text.replace("index 2", "index 9223372036854775808"), line: 3 },
  { what: "a space after the index", changed: text.replace("index 2", "index 2 "), line: 3 },
  { what: "a hash of 31 bytes", changed: text.replace(base64(hash), base64(hash.slice(1))), line: 4 },
  { what: "a hash without its padding", changed: text.replace("=\n", "\n"), line: 4 },
  { what: "64 hashes", changed: longest(64), line: 67 },
  { what: "no empty line", changed: text.slice(0, text.indexOf("\n\n")), line: 1 },
])("a proof with $what is refused at line $line", ({ changed, line }) => {
  expect(parseTlogProof(changed)).toEqual({ ok: false, failure: { reason: "proof-form", line } });
});

test("63 hashes are the most", () => {
  expect(parseTlogProof(longest(63)).ok).toBe(true);
});
