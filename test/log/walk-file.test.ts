import { formatWalk, parseWalk } from "@quasarix/shared/log/walk-file.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const row = { seq: 0, index: 8, admittedAt: 1_790_000_000_000, header: "AAAA", nonce: "AQ" };
const file = formatWalk([row, { ...row, seq: 1, index: 9 }]);

test("a walk is JSON Lines in the order of FORMATS 2", () => {
  expect(formatWalk([row])).toBe('{"seq":0,"index":8,"admittedAt":1790000000000,"header":"AAAA","nonce":"AQ"}\n');
});

test("walks round-trip, the empty one too", () => {
  const count = fc.nat(Number.MAX_SAFE_INTEGER);
  const header = fc.base64String();
  const line = fc.record(
    { seq: count, index: count, admittedAt: count, header, nonce: header },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(fc.array(line), (walk) => {
      expect(parseWalk(formatWalk(walk))).toEqual({ ok: true, value: walk });
    }),
  );
});

test.each([
  { what: "no final line feed", text: file.slice(0, -1), line: 2 },
  { what: "an empty line", text: `${file}\n`, line: 3 },
  { what: "no JSON", text: `x\n${file}`, line: 1 },
  { what: "a member twice", text: file.replace('"index":9', '"index":8,"index":9'), line: 2 },
  { what: "a member too many", text: file.replace('"index":9', '"index":9,"more":1'), line: 2 },
  { what: "a member missing", text: file.replace('"index":9,', ""), line: 2 },
  { what: "a negative index", text: file.replace('"index":9', '"index":-9'), line: 2 },
  { what: "an index that is no integer", text: file.replace('"index":9', '"index":9.5'), line: 2 },
  { what: "an index as text", text: file.replace('"index":9', '"index":"9"'), line: 2 },
])("a walk with $what is refused at line $line", ({ text, line }) => {
  expect(parseWalk(text)).toEqual({ ok: false, failure: { reason: "walk-line", line } });
});
