import { base64 } from "@quasarix/shared/base64.ts";
import { consortiumKey } from "@quasarix/shared/log/entry.ts";
import { type Bundle, formatBundle, parseBundle } from "@quasarix/shared/statement/bundle.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { STEPS } from "@quasarix/shared/statement/verify-presentation.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { expect, test } from "vitest";
import { AUDITOR, ORIGIN, seenBy, type WorldOptions, world } from "./consortium.ts";

const verify = webVerify(crypto);

async function verdictOf(options: WorldOptions = {}, spoil: (bundle: Bundle) => Bundle = (bundle) => bundle) {
  const { bundle, pin } = await world(options);
  return verifyBundle(formatBundle(spoil(bundle)), [pin], verify);
}

test("a bundle in order is valid and says what it shows", async () => {
  const verdict = await verdictOf();
  expect(verdict.exit).toBe(0);
  expect(verdict.steps.map(({ step }) => step)).toEqual(STEPS);
  expect(verdict.steps.every(({ ok }) => ok)).toBe(true);
  expect(verdict.sections).toMatchObject({ existence: "disclosed", findings: "disclosed", people: "withheld" });
  expect(verdict.content?.["findings"]).toEqual({
    findings: [{ number: 1, severity: "major" }, { number: 2, severity: "minor" }, "three"],
  });
  expect(verdict.asOf).toBe(5);
  expect(verdict.cosigners).toEqual(["w"]);
});

test("under no pin it is consistent, never valid", async () => {
  const { bundle, pin } = await world();
  for (const pins of [[], [pin.toUpperCase()], [pin.replace(/.$/, pin.endsWith("0") ? "1" : "0")]]) {
    const verdict = await verifyBundle(formatBundle(bundle), pins, verify);
    expect(verdict.exit).toBe(3);
    expect(verdict.steps.at(-1)).toEqual({
      step: "pin",
      ok: false,
      detail: `consistent, but under an unpinned policy ${pin}`,
    });
  }
});

const keyDraft = { iss: AUDITOR, iat: 1, vct: vctOf("key"), sub: ORIGIN, claims: { x: "A".repeat(43), use: "auth" } };

test("a statement in the consortium's dossier is checked against its open key", async () => {
  expect((await verdictOf({ draft: keyDraft, K: consortiumKey(ORIGIN) })).exit).toBe(0);
});

test("an unpinned policy weighs more than a disputed key", async () => {
  const { bundle } = await world({ auditor: { loss: 4 } });
  expect((await verifyBundle(formatBundle(bundle), [], verify)).exit).toBe(3);
});

test("a key lost before the statement is disputed; lost after it, good", async () => {
  expect((await verdictOf({ auditor: { loss: 4 } })).exit).toBe(4);
  expect((await verdictOf({ auditor: { loss: 5 } })).exit).toBe(0);
});

test("an erased section is named, and its erasure proven", async () => {
  const verdict = await verdictOf({ erased: ["people"] });
  expect(verdict.exit).toBe(0);
  expect(verdict.sections).toMatchObject({ existence: "disclosed", people: "erased", evidence: "withheld" });
});

const without = (text: string, at: number) => text.split("~").toSpliced(at, 1).join("~");
const flipped = (text: string, at: number) => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
const firstDisclosure = (text: string) => text.split("~")[1] as string;

test.each<{ what: string; options?: WorldOptions; spoil?: (bundle: Bundle) => Bundle; step: string; reason: string }>([
  {
    what: "an element of a granted list withheld",
    spoil: (b) => ({ ...b, presentation: without(b.presentation, 4) }),
    step: "disclosures",
    reason: "section-incomplete",
  },
  {
    what: "a granted section's count withheld",
    spoil: (b) => ({ ...b, presentation: without(b.presentation, 3) }),
    step: "disclosures",
    reason: "section-incomplete",
  },
  {
    what: "a disclosure that belongs to another statement",
    spoil: (b) => ({ ...b, presentation: `${b.presentation}WyJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIiwiYSIsMV0~` }),
    step: "disclosures",
    reason: "unreferenced",
  },
  {
    what: "a disclosure repeated",
    spoil: (b) => ({ ...b, presentation: `${b.presentation}${firstDisclosure(b.presentation)}~` }),
    step: "disclosures",
    reason: "disclosure-twice",
  },
  {
    what: "a key binding behind the last tilde",
    spoil: (b) => ({ ...b, presentation: `${b.presentation}a.b.c` }),
    step: "signature",
    reason: "no-final-tilde",
  },
  {
    what: "a key before its time",
    options: { auditor: { from: 5 } },
    step: "standing",
    reason: "key-not-in-force",
  },
  {
    what: "a key after its time",
    options: { auditor: { until: 4 } },
    step: "standing",
    reason: "key-not-in-force",
  },
  { what: "a row that nobody here needs", options: { strangersRow: true }, step: "keyring", reason: "row-foreign" },
  { what: "an auth key", options: { auditor: { use: "auth" } }, step: "signature", reason: "key-use" },
  {
    what: "the platform's key use in an author's hand",
    options: { auditor: { use: "platform" } },
    step: "signature",
    reason: "key-use",
  },
  {
    what: "an erasure of another statement",
    options: { erased: ["people"] },
    spoil: (b) => ({ ...b, erasures: b.erasures.map((e) => ({ ...e, statement: b.presentation })) }),
    step: "signature",
    reason: "not-an-erasure",
  },
  {
    what: "an erasure's proof in the place of the statement's",
    options: { erased: ["people"] },
    spoil: (b) => ({ ...b, proof: (b.erasures[0] as Bundle["erasures"][0]).proof }),
    step: "entry",
    reason: "statement-hash",
  },
  {
    what: "the keyring's proof in the place of the statement's",
    spoil: (b) => ({ ...b, proof: b.keyring.proof }),
    step: "entry",
    reason: "statement-hash",
  },
  {
    what: "a cosignature's name changed in one of the two notes",
    spoil: (b) => ({ ...b, proof: b.proof.replace("witness.example/w", "witness.example/x") }),
    step: "checkpoint",
    reason: "too-few-witnesses",
  },
  {
    what: "a stranger's line in one of the two notes",
    spoil: (b) => ({ ...b, proof: `${b.proof}\u2014 stranger AAAAAAAA\n` }),
    step: "checkpoint",
    reason: "another-checkpoint",
  },
  {
    what: "no witness at all",
    spoil: (b) => {
      const cut = (proof: string) => proof.replace(/\u2014 witness.*\n/, "");
      return { ...b, proof: cut(b.proof), keyring: { ...b.keyring, proof: cut(b.keyring.proof) } };
    },
    step: "keyring",
    reason: "too-few-witnesses",
  },
  {
    what: "a row's path altered",
    spoil: (b) => {
      const rows = b.keyring.rows.map((row) => ({ ...row, path: row.path.map((hash) => flipped(hash, 5)) }));
      return { ...b, keyring: { ...b.keyring, rows } };
    },
    step: "keyring",
    reason: "row-path",
  },
  {
    what: "the signer's row left out",
    spoil: (b) => ({
      ...b,
      keyring: { ...b.keyring, rows: b.keyring.rows.filter(({ row }) => !row.includes('"platform"')) },
    }),
    step: "keyring",
    reason: "keyring-signer",
  },
  {
    what: "the keyring's statement without its tilde",
    spoil: (b) => ({ ...b, keyring: { ...b.keyring, statement: b.keyring.statement.slice(0, -1) } }),
    step: "keyring",
    reason: "no-final-tilde",
  },
  {
    what: "the keyring's signature altered",
    spoil: (b) => ({
      ...b,
      keyring: { ...b.keyring, statement: flipped(b.keyring.statement, b.keyring.statement.length - 40) },
    }),
    step: "keyring",
    reason: "bad-signature",
  },
  {
    what: "a keyring that is not in the consortium's dossier",
    options: { keyring: { K: new Uint8Array(32) } },
    step: "keyring",
    reason: "open-keys",
  },
  {
    what: "a statement of the consortium that is not in its dossier",
    options: { draft: keyDraft },
    step: "entry",
    reason: "open-keys",
  },
  {
    what: "a keyring of another consortium",
    options: { logName: "log.example/other" },
    step: "keyring",
    reason: "origin",
  },
  {
    what: "a keyring signed with a key out of force",
    options: { keyring: { row: { until: 5 } } },
    step: "keyring",
    reason: "keyring-key-standing",
  },
  {
    what: "a keyring signed with a key that was lost",
    options: { keyring: { row: { loss: 5 } } },
    step: "keyring",
    reason: "keyring-key-standing",
  },
  {
    what: "a keyring signed with a record key",
    options: { keyring: { row: { use: "record" } } },
    step: "keyring",
    reason: "keyring-signer",
  },
  {
    what: "a policy of no lines",
    spoil: (b) => ({ ...b, policy: "\n" }),
    step: "policy",
    reason: "no-quorum",
  },
])("$what: refused at $step for $reason", async ({ options, spoil, step, reason }) => {
  const verdict = await verdictOf(options, spoil);
  expect({ exit: verdict.exit, ...verdict.refused }).toEqual({ exit: 1, step, reason });
  expect(verdict.steps.at(-1)).toEqual({ step, ok: false, detail: reason });
});

test("another log's `seen`, and one later than the statement, are refused", async () => {
  expect((await verdictOf({ seen: await seenBy("log", 4) })).exit).toBe(0);
  expect((await verdictOf({ seen: await seenBy("log", 5) })).refused).toEqual({ step: "seen", reason: "seen-later" });
  expect((await verdictOf({ seen: await seenBy("other", 4) })).refused).toEqual({ step: "seen", reason: "seen-key" });
  const forged = { ...(await seenBy("log", 4)), root: base64(new Uint8Array(32)) };
  expect((await verdictOf({ keyring: { seen: await seenBy("log", 5) } })).exit).toBe(0);
  const later = await verdictOf({ keyring: { seen: await seenBy("log", 6) } });
  expect(later.refused).toEqual({ step: "keyring", reason: "seen-later" });
  const others = await verdictOf({ keyring: { seen: await seenBy("other", 5) } });
  expect(others.refused).toEqual({ step: "keyring", reason: "seen-key" });
  expect((await verdictOf({ seen: forged })).refused).toEqual({ step: "seen", reason: "seen-signature" });
});

test("two roots that the log signed for one size are a split view, wherever they stand", async () => {
  const split = await verdictOf({ seen: await seenBy("log", 3), keyring: { seen: await seenBy("log", 3, 9) } });
  expect(split.refused).toEqual({ step: "seen", reason: "split-view" });
  const same = await verdictOf({ seen: await seenBy("log", 3), keyring: { seen: await seenBy("log", 3) } });
  expect(same.exit).toBe(0);
  expect((await verdictOf({ seen: await seenBy("log", 0) })).refused).toEqual({ step: "seen", reason: "split-view" });
  const first = await verdictOf({ keyring: { seen: await seenBy("log", 0) } });
  expect(first.refused).toEqual({ step: "keyring", reason: "split-view" });
});

test.each([
  { what: "a line feed at the end", spoil: (text: string) => `${text}\n`, reason: "not-exact" },
  {
    what: "an escape where none is needed",
    spoil: (text: string) => text.replace("log ", "l\\u006fg "),
    reason: "not-exact",
  },
  { what: "a member of its own", spoil: (text: string) => text.replace(/}$/, ',"more":1}'), reason: "not-exact" },
  {
    what: "an empty list of erasures",
    spoil: (text: string) => text.replace(/}$/, ',"erasures":[]}'),
    reason: "not-exact",
  },
  {
    what: "members in another order",
    spoil: (text: string) => `{${text.slice(13, -1)},"version":1}`,
    reason: "not-exact",
  },
  { what: "version 2", spoil: (text: string) => text.replace('"version":1', '"version":2'), reason: "version" },
  { what: "version 1.0", spoil: (text: string) => text.replace('"version":1', '"version":1.0'), reason: "not-exact" },
  { what: "no policy", spoil: (text: string) => text.replace(/,"policy":.*}$/, "}"), reason: "bundle-form" },
  {
    what: "a path that is not base64",
    spoil: (text: string) => text.replace('"path":["', '"path":["!'),
    reason: "base64",
  },
  { what: "an array", spoil: () => "[]", reason: "bundle-form" },
  { what: "half of it", spoil: (text: string) => text.slice(0, text.length / 2), reason: "json" },
])("$what: refused as $reason", async ({ spoil, reason }) => {
  const text = formatBundle((await world({ erased: ["people"] })).bundle);
  const plain = formatBundle((await world()).bundle);
  expect(parseBundle(text).ok).toBe(true);
  expect(parseBundle(spoil(plain))).toEqual({ ok: false, failure: reason });
});
