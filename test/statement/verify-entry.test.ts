import { type Bytes, concat } from "@quasarix/shared/bytes.ts";
import { consortiumKey, entryKeys } from "@quasarix/shared/log/entry.ts";
import { formatTlogProof, parseTlogProof, type TlogProof } from "@quasarix/shared/log/tlog-proof.ts";
import { type Bundle, formatBundle } from "@quasarix/shared/statement/bundle.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { hasOpenKeys, type Located } from "@quasarix/shared/statement/verify-entry.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { AUDITOR, MEMBER, ORIGIN, type WorldOptions, world } from "./consortium.ts";

const verify = webVerify(crypto);

async function refusalOf(options: WorldOptions, spoil: (bundle: Bundle) => Bundle = (bundle) => bundle) {
  const { bundle, pin } = await world(options);
  const { exit, refused } = await verifyBundle(formatBundle(spoil(bundle)), [pin], verify);
  return { exit, ...refused };
}

const proofWith = (text: string, change: (proof: TlogProof) => Partial<TlogProof>): string => {
  const proof = parseTlogProof(text);
  if (!proof.ok) throw new Error(proof.failure.reason);
  return formatTlogProof({ ...proof.value, ...change(proof.value) });
};
const extraWith =
  (at: number, byte: number) =>
  ({ extra }: TlogProof) => ({ extra: (extra as Bytes).with(at, byte) });

// extra: entry of 57 bytes (version, time, tag, commit), nonce of 16, header of 104.
describe("an entry is refused", () => {
  test.each<{ what: string; change: (proof: TlogProof) => Partial<TlogProof>; step?: string; reason: string }>([
    { what: "without its opening", change: () => ({ extra: null }), reason: "extra-length" },
    {
      what: "with a byte behind it",
      change: ({ extra }) => ({ extra: concat(extra as Bytes, Uint8Array.of(0)) }),
      reason: "extra-length",
    },
    { what: "of version 2", change: extraWith(0, 2), reason: "entry-version" },
    { what: "of a time beyond counting", change: extraWith(1, 1), reason: "entry-time" },
    { what: "under another nonce", change: extraWith(57, 0xff), reason: "commit" },
    { what: "of a place beyond counting", change: extraWith(73, 1), reason: "header-seq" },
    { what: "of another place in its dossier", change: extraWith(80, 9), reason: "commit" },
    { what: "of another minute", change: extraWith(8, 9), step: "inclusion", reason: "path" },
    { what: "at another index", change: () => ({ index: 5 }), step: "inclusion", reason: "path" },
    { what: "beyond the log", change: () => ({ index: 6 }), step: "inclusion", reason: "index" },
    {
      what: "with a hash too few",
      change: ({ path }) => ({ path: path.slice(1) }),
      step: "inclusion",
      reason: "path-length",
    },
    {
      what: "under a note of another size",
      change: ({ note }) => ({ note: note.replace("\n6\n", "\n7\n") }),
      step: "inclusion",
      reason: "path-length",
    },
    { what: "under a note that is none", change: () => ({ note: "log" }), step: "checkpoint", reason: "note-form" },
  ])("$what: $reason", async ({ change, step = "entry", reason }) => {
    const refusal = await refusalOf({}, (bundle) => ({ ...bundle, proof: proofWith(bundle.proof, change) }));
    expect(refusal).toEqual({ exit: 1, step, reason });
  });

  test("that the log made for another statement: statement-hash", async () => {
    const refusal = await refusalOf({ header: { statementHash: new Uint8Array(32) } });
    expect(refusal).toEqual({ exit: 1, step: "entry", reason: "statement-hash" });
  });

  test("that the log made for another subject: subject", async () => {
    const refusal = await refusalOf({ header: { subject: new Uint8Array(32) } });
    expect(refusal).toEqual({ exit: 1, step: "entry", reason: "subject" });
  });
});

describe("open keys", () => {
  const keys = entryKeys(consortiumKey(ORIGIN), 7);
  const located = { ...keys, header: { seq: 7 } } as Located;
  const other = new Uint8Array(16);

  test.each([
    { what: "tag and nonce of its place hold", entry: located, holds: true },
    { what: "another tag does not", entry: { ...located, tag: other }, holds: false },
    { what: "another nonce does not", entry: { ...located, nonce: other }, holds: false },
    { what: "another place does not", entry: { ...located, header: { ...located.header, seq: 8 } }, holds: false },
  ])("$what", ({ entry, holds }) => {
    expect(hasOpenKeys(entry, ORIGIN)).toBe(holds);
  });
});

const DISCLOSURE = "WyJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIiwiYSIsMV0~";
const ofErasure = (change: (erasure: Bundle["erasures"][0]) => Partial<Bundle["erasures"][0]>) => (bundle: Bundle) => ({
  ...bundle,
  erasures: bundle.erasures.map((erasure) => ({ ...erasure, ...change(erasure) })),
});
const LATER = { size: 6, root: `${"A".repeat(43)}=`, sig: `${"A".repeat(91)}=` };

describe("an erasure goes through the steps of a statement", () => {
  test.each<{ what: string; options?: WorldOptions; spoil?: (bundle: Bundle) => Bundle; step: string; reason: string }>(
    [
      {
        what: "another type",
        options: { erasure: { vct: vctOf("merge") } },
        step: "signature",
        reason: "not-an-erasure",
      },
      {
        what: "of another statement",
        options: { erasure: { re: "A".repeat(43) } },
        step: "signature",
        reason: "not-an-erasure",
      },
      { what: "of none", options: { erasure: { re: undefined } }, step: "signature", reason: "not-an-erasure" },
      {
        what: "in another dossier",
        options: { erasure: { sub: `site_${"A".repeat(22)}` } },
        step: "signature",
        reason: "not-an-erasure",
      },
      {
        what: "with a disclosure",
        spoil: ofErasure(({ statement }) => ({ statement: statement + DISCLOSURE })),
        step: "signature",
        reason: "not-an-erasure",
      },
      {
        what: "without its tilde",
        spoil: ofErasure(({ statement }) => ({ statement: statement.slice(0, -1) })),
        step: "signature",
        reason: "no-final-tilde",
      },
      {
        what: "by someone else",
        options: { erasure: { iss: MEMBER } },
        step: "signature",
        reason: "not-the-authors-key",
      },
      {
        what: "under another nonce",
        spoil: ofErasure(({ proof }) => ({ proof: proofWith(proof, extraWith(57, 0xff)) })),
        step: "entry",
        reason: "commit",
      },
      {
        what: "at another index",
        spoil: ofErasure(({ proof }) => ({ proof: proofWith(proof, () => ({ index: 3 })) })),
        step: "inclusion",
        reason: "path",
      },
      {
        what: "under another note",
        spoil: ofErasure(({ proof }) => ({ proof: `${proof}\u2014 stranger AAAAAAAA\n` })),
        step: "checkpoint",
        reason: "another-checkpoint",
      },
      { what: "that saw itself", options: { erasure: { seen: LATER } }, step: "seen", reason: "seen-later" },
      {
        what: "by a key that has ended since",
        options: { auditor: { until: 5 } },
        step: "standing",
        reason: "key-not-in-force",
      },
    ],
  )("$what: refused at $step for $reason", async ({ options, spoil, step, reason }) => {
    expect(await refusalOf({ erased: ["people"], ...options }, spoil)).toEqual({ exit: 1, step, reason });
  });
});

test("a key that the keyring does not show, and one of another organisation, sign nothing", async () => {
  const hidden = await refusalOf({}, (bundle) => {
    const rows = bundle.keyring.rows.filter(({ row }) => !row.includes(AUDITOR));
    return { ...bundle, keyring: { ...bundle.keyring, rows } };
  });
  expect(hidden).toEqual({ exit: 1, step: "signature", reason: "unknown-key" });
  const others = await refusalOf({ auditor: { org: MEMBER } });
  expect(others).toEqual({ exit: 1, step: "signature", reason: "not-the-authors-key" });
});

test("a signature over something else is none", async () => {
  const refusal = await refusalOf({}, (bundle) => ({
    ...bundle,
    presentation: bundle.presentation.replace(/\.[^.~]{10}([^.~]*~)/, `.${"A".repeat(10)}$1`),
  }));
  expect(refusal).toEqual({ exit: 1, step: "signature", reason: "bad-signature" });
});
