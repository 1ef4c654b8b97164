import { utf8 } from "@quasarix/shared/bytes.ts";
import { checkpointText, parseCheckpoint, signCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import { cosignedAt, cosignedBytes, signCosignature, verifyCosignature } from "@quasarix/shared/log/cosignature.ts";
import { formatNote, signatureLine } from "@quasarix/shared/log/note.ts";
import { openCheckpoint } from "@quasarix/shared/log/open-checkpoint.ts";
import { parseTlogPolicy } from "@quasarix/shared/log/tlog-policy.ts";
import { EMPTY_ROOT } from "@quasarix/shared/log/tree.ts";
import { keyId, verifierKey } from "@quasarix/shared/log/vkey.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { signerOf } from "./signers.ts";

const verify = webVerify(crypto);
const origin = "log.example/a";
const [log, other, north, south, stranger] = await Promise.all([1, 2, 3, 4, 5].map(() => signerOf(crypto)));
if (!log || !other || !north || !south || !stranger) throw new Error("five signers");
const keyOf = {
  north: verifierKey("n.example", 4, north.publicKey),
  south: verifierKey("s.example", 4, south.publicKey),
};
const parsed = parseTlogPolicy(
  [
    `log ${verifierKey(origin, 1, log.publicKey).text}`,
    `log ${verifierKey("other.example", 1, other.publicKey).text}`,
    `witness north ${keyOf.north.text}`,
    `witness south ${keyOf.south.text}`,
    "group two all north south",
    "quorum two\n",
  ].join("\n"),
);
if (!parsed.ok) throw new Error(parsed.failure.reason);
const policy = parsed.value;

const checkpoint = { origin, size: 7, root: EMPTY_ROOT };
const text = checkpointText(checkpoint);
const signed = await signCheckpoint(log, checkpoint);
const byNorth = signatureLine(await signCosignature(north, "n.example", 1_790_000_000, text));
const bySouth = signatureLine(await signCosignature(south, "s.example", 1_790_000_001, text));
const byStranger = signatureLine(await signCosignature(stranger, "x.example", 1_790_000_001, text));
const wrong = signatureLine(await signCosignature(south, "s.example", 1_790_000_001, text.replace("7", "8")));
const foreign = await signCheckpoint(other, { ...checkpoint, origin: "other.example" });
const otherLine = signatureLine({
  name: "other.example",
  id: keyId("other.example", 1, other.publicKey),
  blob: await other.sign(utf8(text)),
});
const signedBody = async (body: string) =>
  formatNote(body, [{ name: origin, id: keyId(origin, 1, log.publicKey), blob: await log.sign(utf8(body)) }]);

const extended = await signedBody(`${text}extension\n`);
const padded = await signedBody(text.replace("7", "07"));

describe("a checkpoint under a policy", () => {
  test("names its cosigners by the policy's names, and the lines that it ignored", async () => {
    const opened = await openCheckpoint(signed + byStranger + bySouth + byNorth, policy, verify);
    expect(opened).toEqual({
      ok: true,
      value: { checkpoint, logKey: policy.logs[0], cosigners: ["north", "south"], ignored: ["x.example"] },
    });
  });

  test.each([
    { what: "one witness of two", note: signed + byNorth, reason: "too-few-witnesses" },
    { what: "one witness twice", note: signed + byNorth + byNorth, reason: "too-few-witnesses" },
    { what: "a stranger for the second", note: signed + byNorth + byStranger, reason: "too-few-witnesses" },
    { what: "a cosignature over another size", note: signed + byNorth + wrong, reason: "bad-cosignature" },
    {
      what: "a bad cosignature beside the quorum",
      note: signed + byNorth + bySouth + wrong,
      reason: "bad-cosignature",
    },
    {
      what: "a size raised by hand",
      note: (signed + byNorth + bySouth).replace("\n7\n", "\n8\n"),
      reason: "log-signature",
    },
    { what: "witnesses without the log", note: `${text}\n${byNorth}${bySouth}`, reason: "no-log-signature" },
    {
      what: "another pinned log's line for this origin",
      note: `${text}\n${otherLine}${byNorth}${bySouth}`,
      reason: "no-log-signature",
    },
    { what: "strangers alone", note: `${text}\n${byStranger}`, reason: "no-known-signature" },
    { what: "no signature", note: text, reason: "note-form" },
    { what: "a broken line", note: `${signed}${byNorth.slice(1)}`, reason: "signature-line" },
    { what: "a carriage return", note: signed.replace("\n", "\r\n"), reason: "note-bytes" },
    { what: "an extension line", note: extended, reason: "checkpoint-form" },
    { what: "a size with a leading zero", note: padded, reason: "checkpoint-size" },
    { what: "a cosignature of the other log alone", note: foreign, reason: "too-few-witnesses" },
  ])("with $what is refused as $reason", async ({ note, reason }) => {
    expect(await openCheckpoint(note, policy, verify)).toEqual({ ok: false, failure: { reason } });
  });

  test("every flipped bit of the note is refused", async () => {
    const whole = utf8(signed + byNorth + bySouth);
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const flipped = whole.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      if ((await openCheckpoint(flipped, policy, verify)).ok) expect.fail(`bit ${bit}`);
    }
  });
});

test.each([
  { what: "no root", body: "a\n1\n", reason: "checkpoint-form" },
  { what: "no final line feed", body: text.slice(0, -1), reason: "checkpoint-form" },
  { what: "an empty origin", body: text.replace(origin, ""), reason: "checkpoint-origin" },
  { what: "a space in the origin", body: text.replace("/", " "), reason: "checkpoint-origin" },
  { what: "a negative size", body: text.replace("\n7", "\n-7"), reason: "checkpoint-size" },
  { what: "a size beyond 2^53-1", body: text.replace("\n7", "\n9007199254740992"), reason: "checkpoint-size" },
  { what: "an empty size", body: text.replace("\n7", "\n"), reason: "checkpoint-size" },
  { what: "a root of 31 bytes", body: `a\n1\n${"A".repeat(42)}==\n`, reason: "checkpoint-root" },
  { what: "a root in b64url", body: `a\n1\n${"_".repeat(42)}8=\n`, reason: "checkpoint-root" },
])("a checkpoint with $what is refused as $reason", ({ body, reason }) => {
  expect(parseCheckpoint(body)).toEqual({ ok: false, failure: { reason } });
});

test("a size of 2^53-1 is the largest", () => {
  const largest = { ...checkpoint, size: Number.MAX_SAFE_INTEGER };
  expect(parseCheckpoint(checkpointText(largest))).toEqual({ ok: true, value: largest });
});

test("a cosignature speaks of its time and its text, of both", async () => {
  const { blob } = await signCosignature(north, "n.example", 1_790_000_000, text);
  expect(blob).toHaveLength(72);
  expect(cosignedAt(blob)).toBe(1_790_000_000);
  expect(cosignedBytes(5, text)).toEqual(utf8(`cosignature/v1\ntime 5\n${text}`));
  expect(await verifyCosignature(keyOf.north, blob, text, verify)).toBe(true);
  expect(await verifyCosignature(keyOf.south, blob, text, verify)).toBe(false);
  const later = blob.slice();
  later[7] = (later[7] as number) + 1;
  expect(await verifyCosignature(keyOf.north, later, text, verify)).toBe(false);
  expect(await verifyCosignature(keyOf.north, blob.slice(0, 7), text, verify)).toBe(false);
  const never = blob.slice().fill(0xff, 0, 8);
  expect(cosignedAt(never)).toBe(null);
  expect(await verifyCosignature(keyOf.north, never, text, verify)).toBe(false);
});
