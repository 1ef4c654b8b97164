import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { WalkLine } from "@quasarix/shared/log/dossier.ts";
import { tagsOf, verifyChain, verifyWalk } from "@quasarix/shared/log/dossier.ts";
import * as entry from "@quasarix/shared/log/entry.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { expect, test } from "vitest";

const subject = "site_1";
const K = sha256(utf8("K"));
const otherK = sha256(utf8("another K"));
const OPENING = 1;
const NOON = 1_790_000_000_000;

/** A log whose entries 2, 4, 6, 8, 10 are the dossier's and whose others are a stranger's. */
const lines: WalkLine[] = [];
const log: Bytes[] = [];
let prev = entry.NO_PREV;
for (let index = 0; index < 12; index++) {
  const isOurs = index > OPENING && index % 2 === 0;
  const statementHash = sha256(utf8(`statement ${index}`));
  const admittedAt = NOON + index;
  if (!isOurs) {
    const facts = { seq: index, prev: entry.NO_PREV, statementHash, subject: entry.subjectHash("site_2") };
    log.push(entry.sealEntry(otherK, facts, admittedAt).entry);
    continue;
  }
  const facts = { seq: lines.length, prev, statementHash, subject: entry.subjectHash(subject) };
  const sealed = entry.sealEntry(K, facts, admittedAt);
  log.push(sealed.entry);
  prev = sealed.leaf;
  lines.push({
    seq: facts.seq,
    index,
    admittedAt,
    header: base64url(sealed.header),
    nonce: base64url(sealed.nonce),
  });
}

const whole = {
  K,
  subject,
  commitment: entry.dossierCommitment(K),
  openingIndex: OPENING,
  walk: lines,
  entries: [...log.entries()],
};
const at = (i: number) => lines[i] as WalkLine;
const withLine = (i: number, change: Partial<WalkLine>) =>
  lines.map((line, j) => (j === i ? { ...line, ...change } : line));
const withEntry = (index: number, bytes: Bytes) => log.map((one, i) => (i === index ? bytes : one)).entries();
const touched = (bytes: Bytes, position: number): Bytes =>
  bytes.map((byte, i) => (i === position ? byte ^ 1 : byte)) as Bytes;
const headerOf = (i: number, change: Partial<entry.Header>) => {
  const decoded = entry.decodeHeader(fromBase64url(at(i).header) as Bytes);
  if (!decoded.ok) throw new Error(decoded.failure.reason);
  return base64url(entry.encodeHeader({ ...decoded.value, ...change }));
};

test("a whole dossier holds, read from all entries or from those with its tags alone", () => {
  expect(verifyWalk(whole).ok).toBe(true);
  const tags = tagsOf(K, lines.length);
  expect([...tags.values()]).toEqual([0, 1, 2, 3, 4, 5]);
  expect(verifyWalk({ ...whole, entries: whole.entries.filter(([index]) => index > 1 && index % 2 === 0) }).ok).toBe(
    true,
  );
});

test("an empty dossier holds while its first tag is nowhere", () => {
  expect(verifyWalk({ ...whole, walk: [], entries: whole.entries.slice(0, 2) }).ok).toBe(true);
  expect(verifyWalk({ ...whole, walk: [] })).toEqual({ ok: false, failure: { reason: "withheld", at: 0 } });
});

test("a tag before the opening is no part of the dossier", () => {
  expect(verifyWalk({ ...whole, entries: withEntry(0, log[2] as Bytes) }).ok).toBe(true);
});

test.each([
  { what: "another K", change: { K: otherK }, reason: "commitment", at: 0 },
  { what: "another K that the opening commits to", change: { K: otherK, commitment: null }, reason: "nonce", at: 0 },
  { what: "another subject", change: { subject: "site_3" }, reason: "subject", at: 0 },
  { what: "the last statement withheld", change: { walk: lines.slice(0, -1) }, reason: "withheld", at: 4 },
  { what: "one in the middle withheld", change: { walk: lines.toSpliced(2, 1) }, reason: "seq", at: 2 },
  { what: "the first withheld", change: { walk: lines.slice(1) }, reason: "seq", at: 0 },
  { what: "a line numbered to hide one", change: { walk: withLine(2, { seq: 3 }) }, reason: "seq", at: 2 },
  {
    what: "a header of another seq",
    change: { walk: withLine(2, { header: headerOf(2, { seq: 3 }) }) },
    reason: "seq",
    at: 2,
  },
  {
    what: "a header cut short",
    change: { walk: withLine(1, { header: at(1).header.slice(4) }) },
    reason: "header",
    at: 1,
  },
  { what: "a header that is no base64url", change: { walk: withLine(1, { header: "+" }) }, reason: "header", at: 1 },
  {
    what: "another prev",
    change: { walk: withLine(3, { header: headerOf(3, { prev: entry.NO_PREV }) }) },
    reason: "prev",
    at: 3,
  },
  {
    what: "a prev where there is none",
    change: { walk: withLine(0, { header: headerOf(0, { prev: K }) }) },
    reason: "prev",
    at: 0,
  },
  {
    what: "another statement in the last header",
    change: { walk: withLine(4, { header: headerOf(4, { statementHash: K }) }) },
    reason: "commit",
    at: 4,
  },
  {
    what: "another statement in an earlier header",
    change: { walk: withLine(2, { header: headerOf(2, { statementHash: K }) }) },
    reason: "prev",
    at: 3,
  },
  { what: "another nonce", change: { walk: withLine(2, { nonce: at(1).nonce }) }, reason: "nonce", at: 2 },
  {
    what: "the last line at another time",
    change: { walk: withLine(4, { admittedAt: NOON }) },
    reason: "admitted-at",
    at: 4,
  },
  { what: "two lines at one index", change: { walk: withLine(1, { index: 2 }) }, reason: "index-order", at: 1 },
  { what: "a line at the opening's index", change: { openingIndex: 2 }, reason: "index-order", at: 0 },
  {
    what: "an index that is no number",
    change: { walk: withLine(1, { index: Number.NaN }) },
    reason: "index-order",
    at: 1,
  },
  { what: "a line at a wrong index", change: { walk: withLine(1, { index: 5 }) }, reason: "index", at: 1 },
  { what: "a tag twice in the log", change: { entries: withEntry(11, log[4] as Bytes) }, reason: "tag-twice", at: 1 },
  {
    what: "an entry missing in the log",
    change: { entries: withEntry(4, log[3] as Bytes) },
    reason: "not-in-log",
    at: 1,
  },
  {
    what: "another commit in the log",
    change: { entries: withEntry(10, touched(log[10] as Bytes, 30)) },
    reason: "commit",
    at: 4,
  },
  {
    what: "another time in the log",
    change: { entries: withEntry(10, touched(log[10] as Bytes, 8)) },
    reason: "admitted-at",
    at: 4,
  },
])("a walk with $what is refused as $reason at $at", ({ change, reason, at }) => {
  expect(verifyWalk({ ...whole, ...change })).toEqual({ ok: false, failure: { reason, at } });
});

test("an author walks on from the last line that it verified", () => {
  const chain = verifyChain(whole);
  if (!chain.ok) throw new Error(chain.failure.reason);
  const [second, third] = [chain.value[1], chain.value[2]];
  if (!second || !third) throw new Error("a walk of five");
  const after = { seq: 1, index: second.index, leaf: second.leaf };
  expect(verifyChain({ ...whole, after, walk: lines.slice(2) }).ok).toBe(true);
  expect(verifyWalk({ ...whole, after, walk: lines.slice(2) }).ok).toBe(true);
  const forked = { ...after, leaf: third.leaf };
  expect(verifyChain({ ...whole, after: forked, walk: lines.slice(2) })).toEqual({
    ok: false,
    failure: { reason: "prev", at: 2 },
  });
  const again = withEntry(11, log[2] as Bytes);
  expect(verifyWalk({ ...whole, after, walk: lines.slice(2), entries: again })).toEqual({
    ok: false,
    failure: { reason: "tag-twice", at: 0 },
  });
});

test.each([
  { what: "56 bytes", result: entry.decodeEntry((log[2] as Bytes).slice(1)), reason: "entry-length" },
  { what: "58 bytes", result: entry.decodeEntry(new Uint8Array(58)), reason: "entry-length" },
  { what: "version 2", result: entry.decodeEntry((log[2] as Bytes).with(0, 2) as Bytes), reason: "entry-version" },
  {
    what: "a time beyond 2^53-1",
    result: entry.decodeEntry((log[2] as Bytes).with(1, 1) as Bytes),
    reason: "entry-time",
  },
  { what: "a header of 103 bytes", result: entry.decodeHeader(new Uint8Array(103)), reason: "header-length" },
  { what: "a seq beyond 2^53-1", result: entry.decodeHeader(new Uint8Array(104).fill(255)), reason: "header-seq" },
  { what: "an extra of 176 bytes", result: entry.decodeExtra(new Uint8Array(176)), reason: "extra-length" },
  { what: "no extra", result: entry.decodeExtra(null), reason: "extra-length" },
])("$what is refused as $reason", ({ result, reason }) => {
  expect(result).toEqual({ ok: false, failure: { reason } });
});

test("lengths are those of FORMATS 2 and 4", () => {
  expect([entry.ENTRY_LENGTH, entry.HEADER_LENGTH, entry.EXTRA_LENGTH]).toEqual([57, 104, 177]);
  expect(log.every((bytes) => bytes.length === 57)).toBe(true);
});
