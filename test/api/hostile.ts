import fc from "fast-check";

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

/** Text that something between a socket and a row might trip over. */
const TEXTS = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udc00a",
  "\ufeff",
  "\u202e",
  "𝄞",
  "-1",
  "0",
  "1e400",
  "0x10",
  "NaN",
  "9007199254740993",
  "99999999999999999999",
  "__proto__",
  "constructor",
  "toString",
  "../../etc",
  "' OR 1=1 --",
  "<script>alert(1)</script>",
  "=HYPERLINK(1)",
  "\r\nX: y",
  "a".repeat(300),
  "ö".repeat(5_000),
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TEXTS) },
  fc.string({ unit: "binary", maxLength: 40 }),
);

const RAW = ["%", "%zz", "%00", "%ff", "%c0%af", "%ED%A0%80", "%2F", "%2e%2e", "%25", "%2500", "a%", ".", "..", ";"];

/** Each once, as it stands in an address: encoded well, or badly. */
export const PARTS: readonly string[] = [...TEXTS.map((text) => encodeURIComponent(text.toWellFormed())), ...RAW];

export const hostilePart: fc.Arbitrary<string> = fc.oneof(
  hostileText.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom(...RAW),
  fc.string({ unit: "grapheme-ascii", maxLength: 30 }),
);

const LONG_JSONS = [deep("[", "]", 20_000), JSON.stringify("x".repeat(100_000)), JSON.stringify(Array(5_000).fill(1))];

/** JSON of the wrong kind, JSON that is none, and JSON that two parsers read in two ways. */
export const JSONS: readonly string[] = [
  ...["null", "true", "0", "-1", "1.5", "1e400", "-0", "9007199254740993", "1e21", "[]", "{}", '""', '"\\u0000"'],
  ...['"\\ud800"', '"\\udfff\\ud800"', '{"__proto__":{"isOperator":true}}', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}'],
  ...['{"constructor":{"prototype":{"x":1}}}', "NaN", "undefined", "'a'", "[1,]", "01", '"\\x"', '"a\tb"', ""],
  ...['{"_sd":["a"]}', '{"...":"a"}', '[{"...":1}]', '"a~b"', '"org_AAAAAAAAAAAAAAAAAAAAAA"', '["members"]'],
  ...['"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"', '["existence","existence"]', '"urn:quasarix:keyring:1"'],
  deep("[", "]", 33),
  deep('{"a":', "}", 40),
];

/** For a place in a section: JSON that is well formed. */
export const VALUES: readonly unknown[] = [
  ...[null, true, -1, 1e308, 0.1, "", "\0", "<b>", "=1+1", "__proto__", "x".repeat(5_000)],
  ...[[], [[]], {}, { a: 1 }, { constructor: {} }],
];

export const hostileJson: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...JSONS, ...LONG_JSONS) },
  hostileText.map((text) => JSON.stringify(text)),
  fc.json({ maxDepth: 4 }),
);

export const hostileType: fc.Arbitrary<string> = fc.constantFrom(
  "text/plain",
  "application/json; charset=utf-16",
  "application/json;;;",
  "APPLICATION/JSON",
  "application/x-ndjson; charset=utf-8",
  "application/jsonl",
  "application/problem+json",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=a",
  "a",
  "/",
);

/** A header's value that a client can send. */
export const hostileHeader: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      "",
      "Bearer",
      "Bearer ",
      "Bearer  a.b.c",
      "bearer a.b.c",
      "Basic YTpi",
      "Bearer a.b.c, Bearer a.b.c",
      "Bearer ..",
      "Bearer e30.e30.e30",
    ],
    `Bearer ${"A".repeat(9_000)}`,
    `Bearer ${".".repeat(8_000)}`,
  ),
  hostileText.map((text) => `Bearer ${text}`.replaceAll(/[^\x20-\x7e]/g, "~")),
);
