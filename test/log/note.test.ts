import { base64, fromBase64 } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { concat, utf8 } from "@quasarix/shared/bytes.ts";
import type { Note } from "@quasarix/shared/log/note.ts";
import { formatNote, parseNote, signatureLine, verifyNote } from "@quasarix/shared/log/note.ts";
import type { VerifierKey } from "@quasarix/shared/log/vkey.ts";
import { formatVkey, parseVkey, verifierKey } from "@quasarix/shared/log/vkey.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { signerOf } from "./signers.ts";

const VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE =
  "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
const verify = webVerify(crypto);

const keyOf = (text: string): VerifierKey => {
  const key = parseVkey(text);
  if (!key.ok) throw new Error(key.failure.reason);
  return key.value;
};
const noteOf = (text: string): Note => {
  const note = parseNote(text);
  if (!note.ok) throw new Error(note.failure.reason);
  return note.value;
};

describe("the example of FORMATS 4", () => {
  test("verifies, and every flipped bit of it is refused", async () => {
    expect((await verifyNote(noteOf(NOTE), [keyOf(VKEY)], verify)).ok).toBe(true);
    const whole = utf8(NOTE);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      const parsed = parseNote(flipped);
      if (parsed.ok && (await verifyNote(parsed.value, [keyOf(VKEY)], verify)).ok) expect.fail(`bit ${bit}`);
    }
  });

  test("its vkey reads and writes back", () => {
    const key = keyOf(VKEY);
    expect(formatVkey(key.name, key.type, key.publicKey)).toBe(VKEY);
  });
});

const typed = (type: number, length = 32) => base64(concat(Uint8Array.of(type), new Uint8Array(length)));
test.each([
  { what: "no key id", text: "example.com/foo", reason: "vkey-form" },
  { what: "an empty name", text: VKEY.replace("example.com/foo", ""), reason: "vkey-name" },
  { what: "a space in the name", text: VKEY.replace("com/foo", "com foo"), reason: "vkey-name" },
  { what: "a key id in capitals", text: VKEY.replace("530d903a", "530D903A"), reason: "vkey-form" },
  { what: "a key id of 3 bytes", text: VKEY.replace("530d903a", "530d90"), reason: "vkey-form" },
  { what: "another key id", text: VKEY.replace("530d903a", "530d903b"), reason: "vkey-id" },
  { what: "another name", text: VKEY.replace("foo", "fop"), reason: "vkey-id" },
  { what: "no base64", text: `${VKEY}=`, reason: "vkey-form" },
  { what: "an empty key", text: "a+00000000+", reason: "vkey-form" },
  { what: "type 6", text: `a+00000000+${typed(6)}`, reason: "vkey-type" },
  { what: "a key of 31 bytes", text: `a+00000000+${typed(1, 31)}`, reason: "vkey-form" },
  { what: "a line feed at the end", text: `${VKEY}\n`, reason: "vkey-form" },
])("a vkey with $what is refused as $reason", ({ text, reason }) => {
  expect(parseVkey(text)).toEqual({ ok: false, failure: { reason } });
});

const line = (note: string, change: (line: string) => string): string => {
  const split = note.lastIndexOf("\n\n") + 2;
  return note.slice(0, split) + change(note.slice(split));
};
test.each([
  { what: "a carriage return", note: NOTE.replace(".\n", ".\r\n"), reason: "note-bytes" },
  { what: "a tab", note: `\t${NOTE}`, reason: "note-bytes" },
  { what: "NUL", note: `\0${NOTE}`, reason: "note-bytes" },
  { what: "a lone surrogate", note: `\ud800${NOTE}`, reason: "note-bytes" },
  { what: "no empty line", note: NOTE.replace("\n\n", "\n"), reason: "note-form" },
  { what: "no signature", note: "text\n\n", reason: "note-form" },
  { what: "no final line feed", note: NOTE.slice(0, -1), reason: "note-form" },
  { what: "an empty line at its end", note: `${NOTE}\n`, reason: "note-form" },
  { what: "101 signature lines", note: line(NOTE, (one) => one.repeat(101)), reason: "note-form" },
  { what: "a hyphen for the dash", note: line(NOTE, (one) => one.replace("—", "-")), reason: "signature-line" },
  {
    what: "two spaces before the base64",
    note: line(NOTE, (one) => one.replace("foo ", "foo  ")),
    reason: "signature-line",
  },
  { what: "a space after the base64", note: line(NOTE, (one) => one.replace("\n", " \n")), reason: "signature-line" },
  { what: "no name", note: line(NOTE, (one) => one.replace("example.com/foo ", "")), reason: "signature-line" },
  { what: "a plus in the name", note: line(NOTE, (one) => one.replace("com/", "com+")), reason: "signature-line" },
  { what: "unpadded base64", note: line(NOTE, (one) => one.replace("=", "")), reason: "signature-line" },
  { what: "stray bits in the base64", note: line(NOTE, (one) => one.replace("M=", "N=")), reason: "signature-line" },
  {
    what: "a key id and nothing more",
    note: line(NOTE, () => "— example.com/foo Uw2QOg==\n"),
    reason: "signature-line",
  },
])("a note with $what is refused as $reason", ({ note, reason }) => {
  expect(parseNote(note)).toEqual({ ok: false, failure: { reason } });
});

test("bytes that are no UTF-8 are refused", () => {
  expect(parseNote(concat(Uint8Array.of(0xff), utf8(NOTE)))).toEqual({ ok: false, failure: { reason: "note-bytes" } });
});

test("a hundred signature lines are read", () => {
  expect(noteOf(line(NOTE, (one) => one.repeat(100))).signatures).toHaveLength(100);
});

test("a text of one empty line is a text", () => {
  const signature = { name: "e", id: new Uint8Array(4), blob: new Uint8Array(1) };
  expect(noteOf(formatNote("\n", [signature])).text).toBe("\n");
});

test("the split is at the last empty line, so that a text may hold empty lines", () => {
  const text = "a\n\n— b c\n\nd\n";
  const signature = { name: "e", id: new Uint8Array(4), blob: new Uint8Array(1) };
  expect(noteOf(formatNote(text, [signature]))).toEqual({ text, signatures: [signature] });
});

test("notes round-trip, from bytes as from text", () => {
  const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((one) => /^[^\s+\p{Cc}]+$/u.test(one));
  const blob = fc.uint8Array({ minLength: 1, maxLength: 80 }) as fc.Arbitrary<Bytes>;
  const id = fc.uint8Array({ minLength: 4, maxLength: 4 }) as fc.Arbitrary<Bytes>;
  const text = fc.string({ unit: "grapheme" }).filter((one) => one.split("\n").every((row) => !/\p{Cc}/u.test(row)));
  fc.assert(
    fc.property(text, fc.array(fc.record({ name, id, blob }), { minLength: 1, maxLength: 5 }), (body, signatures) => {
      const note = formatNote(`${body}\n`, signatures);
      expect(parseNote(note)).toEqual({ ok: true, value: { text: `${body}\n`, signatures } });
      expect(parseNote(utf8(note))).toEqual(parseNote(note));
    }),
  );
});

describe("whose signature counts", async () => {
  const signers = { ours: await signerOf(crypto), theirs: await signerOf(crypto) };
  const ours = verifierKey("log.example", 1, signers.ours.publicKey);
  const theirs = verifierKey("other.example", 1, signers.theirs.publicKey);
  const text = "text\n";
  const lineBy = async (key: VerifierKey, who: keyof typeof signers, over = text) => ({
    name: key.name,
    id: key.id,
    blob: await signers[who].sign(utf8(over)),
  });
  const good = await lineBy(ours, "ours");
  const bad = await lineBy(ours, "theirs");
  const stranger = await lineBy(theirs, "ours");

  test.each([
    { what: "one known and good", signatures: [good], keys: [ours], verdict: "ok" },
    { what: "a bad line of an unknown key beside it", signatures: [good, stranger], keys: [ours], verdict: "ok" },
    {
      what: "a bad line of a known key beside it",
      signatures: [good, stranger],
      keys: [ours, theirs],
      verdict: "bad-signature",
    },
    { what: "the same key good and bad", signatures: [good, bad], keys: [ours], verdict: "bad-signature" },
    { what: "strangers alone", signatures: [stranger], keys: [ours], verdict: "no-known-signature" },
    {
      what: "the right name with another id",
      signatures: [{ ...good, id: theirs.id }],
      keys: [ours],
      verdict: "no-known-signature",
    },
    {
      what: "the right id with another name",
      signatures: [{ ...good, name: "x" }],
      keys: [ours],
      verdict: "no-known-signature",
    },
    {
      what: "a signature over another text",
      signatures: [await lineBy(ours, "ours", "other\n")],
      keys: [ours],
      verdict: "bad-signature",
    },
    {
      what: "a signature with a byte behind it",
      signatures: [{ ...good, blob: concat(good.blob, Uint8Array.of(0)) }],
      keys: [ours],
      verdict: "bad-signature",
    },
  ])("$what: $verdict", async ({ signatures, keys, verdict }) => {
    const verified = await verifyNote(noteOf(formatNote(text, signatures)), keys, verify);
    expect(verified.ok ? "ok" : verified.failure.reason).toBe(verdict);
    if (verified.ok) expect(verified.value.by).toEqual(keys);
    if (verified.ok) expect(verified.value.ignored).toEqual(signatures.slice(1).map((one) => one.name));
  });

  test("a line is written as FORMATS 4 says", () => {
    const [, name, encoded] = signatureLine(good).trimEnd().split(" ");
    expect([name, fromBase64(encoded as string)]).toEqual(["log.example", concat(good.id, good.blob)]);
  });
});
