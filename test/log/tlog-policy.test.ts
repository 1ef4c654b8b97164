import { fromHex } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { parseTlogPolicy, quorumMet } from "@quasarix/shared/log/tlog-policy.ts";
import { formatVkey } from "@quasarix/shared/log/vkey.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../runs.ts";
import { signerOf } from "./signers.ts";

const keys = await Promise.all(Array.from({ length: 6 }, async () => (await signerOf(crypto)).publicKey));
const key = (i: number): Bytes => keys[i] as Bytes;
const log = formatVkey("log.example", 1, key(0));
const vkey = (i: number, name = `w${i}.example`) => formatVkey(name, 4, key(i));
const witnesses = [1, 2, 3, 4].map((i) => `witness w${i} ${vkey(i)}\n`).join("");
const base = `log ${log}\n${witnesses}`;
const smallOrder = fromHex("01".padEnd(64, "0")) as Bytes;
const mixedOrder = fromHex("f4ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff") as Bytes;

const policyOf = (text: string) => {
  const policy = parseTlogPolicy(text);
  if (!policy.ok) throw new Error(JSON.stringify(policy.failure));
  return policy.value;
};

test.each([
  { what: "quorum none", text: `${base}quorum none\n` },
  { what: "a single witness as quorum", text: `${base}quorum w1\n` },
  { what: "a policy of no keys", text: "quorum none\n" },
  { what: "comments, empty lines, tabs and spaces", text: `# a\n \t# b\n\n \t\n\tlog \t${log}  \nquorum\tnone \n` },
  {
    what: "addresses after keys",
    text: `log ${log} https://a.example/\nwitness a ${vkey(1)} https://b.example/\nquorum a\n`,
  },
  { what: "names that are not ASCII", text: `witness Nörd ${vkey(1)}\ngroup größe any Nörd\nquorum größe\n` },
  { what: "one key as log and as witness", text: `log ${log}\nwitness a ${vkey(0)}\nquorum a\n` },
  { what: "lines after the quorum", text: `quorum none\n${base}` },
])("$what is fine", ({ text }) => {
  expect(policyOf(text).text).toBe(text);
});

test.each([
  { what: "no final line feed", text: `${base}quorum none`, reason: "policy-bytes", line: 0 },
  { what: "nothing in it", text: "", reason: "policy-bytes", line: 0 },
  { what: "carriage returns", text: `${base}quorum none\n`.replaceAll("\n", "\r\n"), reason: "policy-bytes", line: 0 },
  { what: "a DEL", text: "# \x7f\nquorum none\n", reason: "policy-bytes", line: 0 },
  { what: "an unknown word", text: "logs x\nquorum none\n", reason: "policy-line", line: 1 },
  { what: "a comment behind a line", text: `log ${log} url # why\nquorum none\n`, reason: "policy-line", line: 1 },
  { what: "a log without a key", text: "log\nquorum none\n", reason: "policy-line", line: 1 },
  { what: "a witness without a key", text: "witness a\nquorum none\n", reason: "policy-line", line: 1 },
  { what: "a group of nobody", text: `${base}group g any\nquorum g\n`, reason: "policy-line", line: 6 },
  { what: "two names on the quorum line", text: `${base}quorum w1 w2\n`, reason: "policy-line", line: 6 },
  { what: "no quorum", text: base, reason: "no-quorum", line: 0 },
  { what: "two quorums", text: `${base}quorum w1\nquorum w1\n`, reason: "quorum-twice", line: 7 },
  {
    what: "two quorums, the first of them none",
    text: `${base}quorum none\nquorum w1\n`,
    reason: "quorum-twice",
    line: 7,
  },
  { what: "a quorum nobody defined", text: `${base}quorum w9\n`, reason: "policy-member", line: 6 },
  { what: "a quorum defined later", text: `quorum w1\n${base}`, reason: "policy-member", line: 1 },
  { what: "a member defined later", text: `group g any w1\n${base}quorum g\n`, reason: "policy-member", line: 1 },
  { what: "a group in itself", text: `${base}group g any g\nquorum g\n`, reason: "policy-member", line: 6 },
  { what: "a member twice in one group", text: `${base}group g 2 w1 w1\nquorum g\n`, reason: "policy-member", line: 6 },
  {
    what: "a member of two groups",
    text: `${base}group g any w1\ngroup h any w1\nquorum g\n`,
    reason: "policy-member",
    line: 7,
  },
  { what: "none as a member", text: `${base}group g any none\nquorum g\n`, reason: "policy-member", line: 6 },
  { what: "a group named none", text: `${base}group none any w1\nquorum none\n`, reason: "policy-name", line: 6 },
  { what: "a witness named none", text: `witness none ${vkey(1)}\nquorum none\n`, reason: "policy-name", line: 1 },
  { what: "a name twice", text: `${base}witness w1 ${vkey(5)}\nquorum w1\n`, reason: "policy-name", line: 6 },
  { what: "a group named as a witness", text: `${base}group w1 any w2\nquorum w1\n`, reason: "policy-name", line: 6 },
  { what: "a threshold of 0", text: `${base}group g 0 w1\nquorum g\n`, reason: "threshold", line: 6 },
  { what: "a threshold above the members", text: `${base}group g 3 w1 w2\nquorum g\n`, reason: "threshold", line: 6 },
  {
    what: "a threshold with a leading zero",
    text: `${base}group g 01 w1 w2\nquorum g\n`,
    reason: "threshold",
    line: 6,
  },
  { what: "a threshold in words", text: `${base}group g most w1 w2\nquorum g\n`, reason: "threshold", line: 6 },
  { what: "a log key of a witness's type", text: `log ${vkey(1)}\nquorum none\n`, reason: "key-type", line: 1 },
  { what: "a witness key of a log's type", text: `witness a ${log}\nquorum a\n`, reason: "key-type", line: 1 },
  { what: "a broken key", text: `log ${log.slice(0, -1)}\nquorum none\n`, reason: "vkey", line: 1 },
  {
    what: "one log key under two names",
    text: `${base}log ${formatVkey("b", 1, key(0))}\nquorum none\n`,
    reason: "key-twice",
    line: 6,
  },
  {
    what: "one witness key under two names",
    text: `${base}witness b ${vkey(1, "b")}\nquorum b\n`,
    reason: "key-twice",
    line: 6,
  },
  {
    what: "a log key of small order",
    text: `log ${formatVkey("a", 1, smallOrder)}\nquorum none\n`,
    reason: "key-not-admissible",
    line: 1,
  },
  {
    what: "a witness key that is no canonical point",
    text: `witness a ${formatVkey("a", 4, mixedOrder)}\nquorum a\n`,
    reason: "key-not-admissible",
    line: 1,
  },
])("a policy with $what is refused", ({ text, reason, line }) => {
  expect(parseTlogPolicy(text)).toEqual({ ok: false, failure: { reason, line } });
});

describe("the quorum", () => {
  const nested = `${base}group pair all w1 w2\ngroup either any w3 w4\ngroup both 2 pair either\nquorum both\n`;
  test.each([
    { quorum: `${base}quorum none\n`, by: [], met: true },
    { quorum: `${base}quorum w1\n`, by: [], met: false },
    { quorum: `${base}quorum w1\n`, by: ["w2"], met: false },
    { quorum: `${base}quorum w1\n`, by: ["w1"], met: true },
    { quorum: `${base}group g 2 w1 w2 w3\nquorum g\n`, by: ["w1", "w1"], met: false },
    { quorum: `${base}group g 2 w1 w2 w3\nquorum g\n`, by: ["w1", "w4"], met: false },
    { quorum: `${base}group g 2 w1 w2 w3\nquorum g\n`, by: ["w3", "w1"], met: true },
    { quorum: nested, by: ["w1", "w2"], met: false },
    { quorum: nested, by: ["w1", "w3", "w4"], met: false },
    { quorum: nested, by: ["w1", "w2", "w4"], met: true },
    { quorum: nested, by: ["both"], met: false },
    { quorum: nested, by: ["pair", "either"], met: false },
  ])("of row %# met by $by: $met", ({ quorum, by, met }) => {
    expect(quorumMet(policyOf(quorum), by)).toBe(met);
  });
});

test("whatever replaces a character, a policy is refused or holds no key twice", () => {
  const text = `${base}group g 2 w1 w2 w3\nquorum g\n`;
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, put) => {
      const parsed = parseTlogPolicy(text.slice(0, at) + put + text.slice(at + 1));
      if (!parsed.ok) return;
      const all = [...parsed.value.witnesses.values()].map((one) => one.publicKey.join());
      expect(new Set(all).size).toBe(all.length);
    }),
    { numRuns: runs(150) },
  );
});
