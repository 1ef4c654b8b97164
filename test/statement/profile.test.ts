import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { digestOf } from "@quasarix/shared/statement/disclosure.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import type { Json } from "@quasarix/shared/statement/json.ts";
import { admitKey, admitPublicKey } from "@quasarix/shared/statement/key.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import { parseStatement } from "@quasarix/shared/statement/statement.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { auditDraft, dice, signerOf } from "./consortium.ts";

const signer = await signerOf("auditor");
const verify = webVerify(crypto);
const audit = await issueStatement({ signer, random: dice("profile") }, auditDraft);
const [jwt, ...disclosures] = audit.split("~").slice(0, -1) as [string, ...string[]];
const [header64, payload64, signature64] = jwt.split(".") as [string, string, string];
const payload = JSON.parse(Buffer.from(payload64, "base64url").toString()) as Record<string, Json>;
const header = JSON.parse(Buffer.from(header64, "base64url").toString()) as Record<string, Json>;

const encode = (value: unknown) => base64url(utf8(typeof value === "string" ? value : JSON.stringify(value)));
/** The form is judged before the signature, so these need none that holds. */
const textOf = (head: unknown, body: unknown, texts: readonly string[] = []) =>
  [`${encode(head)}.${encode(body)}.${signature64}`, ...texts, ""].join("~");
const failureOf = (text: string) => {
  const parsed = parseStatement(text);
  return parsed.ok ? "accepted" : `${parsed.failure.step}: ${parsed.failure.reason}`;
};

test("the statement that the rows below spoil is accepted", () => {
  expect(failureOf(audit)).toBe("accepted");
  expect(failureOf(textOf(header, payload, disclosures))).toBe("accepted");
});

describe("form", () => {
  test.each([
    { what: "no tilde", text: jwt, reason: "no-final-tilde" },
    { what: "a part behind the last tilde", text: `${audit}x`, reason: "no-final-tilde" },
    { what: "two parts", text: `${header64}.${payload64}~`, reason: "jws-form" },
    { what: "four parts", text: `${jwt}.x~`, reason: "jws-form" },
    { what: "an empty payload", text: `${header64}..${signature64}~`, reason: "jws-form" },
    { what: "an empty signature", text: `${header64}.${payload64}.~`, reason: "jws-form" },
    { what: "padding", text: `${jwt}=~`, reason: "jws-form" },
    {
      what: "stray bits in the signature",
      text: `${jwt.slice(0, -1)}${jwt.endsWith("A") ? "B" : "h"}~`,
      reason: "jws-form",
    },
    { what: "a line feed", text: `${jwt}\n~`, reason: "jws-form" },
    { what: "the other alphabet", text: `${header64}.${payload64}.+/${signature64.slice(2)}~`, reason: "jws-form" },
    { what: "257 KiB", text: `${audit}${"A".repeat(257 * 1024)}~`, reason: "too-large" },
    { what: "a header with jku", text: textOf({ ...header, jku: "x" }, payload), reason: "header" },
    { what: "a header with crit", text: textOf({ ...header, crit: [] }, payload), reason: "header" },
    { what: "a header with b64", text: textOf({ ...header, b64: false }, payload), reason: "header" },
    { what: "alg none", text: textOf({ ...header, alg: "none" }, payload), reason: "header" },
    { what: "no kid", text: textOf({ alg: "EdDSA", typ: "dc+sd-jwt" }, payload), reason: "header" },
    { what: "a kid of 31 bytes", text: textOf({ ...header, kid: "A".repeat(42) }, payload), reason: "header" },
    { what: "a header with a key twice", text: textOf('{"alg":"none","alg":"EdDSA"}', payload), reason: "json" },
    { what: "a payload that is an array", text: textOf(header, []), reason: "claims-form" },
    {
      what: "a payload with a byte-order mark",
      text: textOf(header, `\ufeff${JSON.stringify(payload)}`),
      reason: "json",
    },
    { what: "a lone surrogate in the payload", text: textOf(header, '{"iss":"\\ud800"}'), reason: "json" },
  ])("$what: $reason", ({ text, reason }) => expect(failureOf(text)).toBe(`signature: ${reason}`));

  test("header keys in another order are the same header", () => {
    const { alg, kid, typ } = header;
    expect(failureOf(textOf({ typ, kid, alg }, payload, disclosures))).toBe("accepted");
  });
});

const seen = { size: 1, root: `${"A".repeat(43)}=`, sig: `${"A".repeat(90)}AA==`.slice(0, 92) };

describe("claims", () => {
  test.each([
    { what: "a type that nobody knows", claims: { vct: "urn:quasarix:gossip:1" }, reason: "unknown-type" },
    { what: "a version that nobody knows", claims: { vct: "urn:quasarix:audit:2" }, reason: "unknown-type" },
    { what: "an author that is a site", claims: { iss: payload["sub"] }, reason: "claim-iss" },
    { what: "a time with a fraction", claims: { iat: 1.5 }, reason: "claim-iat" },
    { what: "a time as text", claims: { iat: "1790000000" }, reason: "claim-iat" },
    { what: "a jti of 127 bits", claims: { jti: "A".repeat(21) }, reason: "claim-jti" },
    { what: "a jti with stray bits", claims: { jti: `${"A".repeat(21)}B` }, reason: "claim-jti" },
    { what: "an audit about an organisation", claims: { sub: payload["iss"] }, reason: "claim-sub" },
    { what: "a `seen` without its signature", claims: { seen: { size: 1, root: seen.root } }, reason: "claim-seen" },
    { what: "a `seen` of a negative size", claims: { seen: { ...seen, size: -1 } }, reason: "claim-seen" },
    { what: "a `seen` with a member of its own", claims: { seen: { ...seen, more: 1 } }, reason: "claim-seen" },
    { what: "a `re` that is no hash", claims: { re: "x" }, reason: "claim-re" },
    { what: "sha-512", claims: { _sd_alg: "sha-512" }, reason: "claim-sd-alg" },
    { what: "a provenance of its own making", claims: { provenance: "hearsay" }, reason: "claim-provenance" },
    { what: "no sections", claims: { sections: undefined }, reason: "claim-sections" },
    { what: "a section too few", claims: { sections: { existence: { _sd: [] } } }, reason: "claim-sections" },
    {
      what: "a section under another name",
      claims: { sections: { ...(payload["sections"] as object), commercial: undefined, prices: { _sd: [] } } },
      reason: "claim-sections",
    },
    { what: "digests in a plain claim", claims: { more: { _sd: [] } }, reason: "claim-digests" },
    { what: "a digest element in a plain claim", claims: { more: [{ "...": "x" }] }, reason: "claim-digests" },
  ])("$what: $reason", ({ claims, reason }) => {
    expect(failureOf(textOf(header, { ...payload, ...claims }, disclosures))).toBe(`signature: ${reason}`);
  });

  test("sections and provenance are refused where the type has none", () => {
    const key = { ...payload, vct: "urn:quasarix:key:1", sub: "log.example/test" };
    expect(failureOf(textOf(header, { ...key, provenance: undefined }))).toBe("signature: claim-sections");
    expect(failureOf(textOf(header, { ...key, sections: undefined }))).toBe("signature: claim-provenance");
  });
});

const SALT = "AAAAAAAAAAAAAAAAAAAAAA";
const disclosure = (...parts: Json[]) => encode([SALT, ...parts]);
const decoy = (seed: number) => base64url(new Uint8Array(32).fill(seed));
const padded = (digests: string[], length = 4, from = 1) =>
  [...digests, ...Array.from({ length: length - digests.length }, (_, i) => decoy(from + i))].sort();

/** The audit with section `workforce` in other words. */
function withSection(section: unknown, texts: readonly string[], top?: readonly Json[]) {
  const sections = { ...(payload["sections"] as object), workforce: section };
  return textOf(header, { ...payload, ...(top && { _sd: top }), sections }, texts);
}
const count = (value: number) => disclosure("members_count", value);
const list = (digests: readonly string[]) =>
  disclosure(
    "files",
    digests.map((digest) => ({ "...": digest })),
  );
const inSection = (texts: readonly string[], hidden: readonly string[] = []) =>
  withSection({ _sd: padded(texts.map(digestOf)) }, [...texts, ...hidden]);

describe("sections", () => {
  const one = count(1);
  const digest = digestOf(one);
  const element = disclosure("photo");
  const files = list(padded([digestOf(element)], 4, 50));
  test.each([
    { what: "a section that is a list", text: withSection([], []), reason: "section-form" },
    { what: "a section without digests", text: withSection({}, []), reason: "section-form" },
    { what: "no decoys", text: withSection({ _sd: [digest] }, [one]), reason: "digest-count" },
    { what: "five digests", text: withSection({ _sd: padded([digest], 5) }, [one]), reason: "digest-count" },
    {
      what: "more decoys than needed",
      text: withSection({ _sd: padded([digest], 8) }, [one]),
      reason: "section-incomplete",
    },
    { what: "descending digests", text: withSection({ _sd: padded([digest]).reverse() }, [one]), reason: "unsorted" },
    { what: "a digest that is no hash", text: withSection({ _sd: padded(["x"]) }, []), reason: "digest-form" },
    { what: "a count too high", text: inSection([count(2)]), reason: "section-incomplete" },
    { what: "a count as text", text: inSection([disclosure("members_count", "1")]), reason: "section-incomplete" },
    { what: "no count", text: inSection([disclosure("headcount", 5)]), reason: "section-incomplete" },
    { what: "a list without its count", text: inSection([files, count(2)], [element]), reason: "section-incomplete" },
    {
      what: "a list with one element more than its count",
      text: inSection([files, disclosure("files_count", 0), count(3)], [element]),
      reason: "section-incomplete",
    },
    {
      what: "a list whose element is withheld",
      text: inSection([files, disclosure("files_count", 1), count(3)]),
      reason: "section-incomplete",
    },
    {
      what: "a list that mixes digests and plain elements",
      text: inSection([disclosure("files", [{ "...": digestOf(element) }, "plain"]), count(2)], [element]),
      reason: "mixed-list",
    },
    {
      what: "an unsorted list",
      text: inSection([list(padded([digestOf(element)]).reverse()), count(2)]),
      reason: "unsorted",
    },
    {
      what: "a list of three",
      text: inSection([list(padded([digestOf(element)], 3)), count(2)]),
      reason: "digest-count",
    },
    {
      what: "members behind digests inside a member",
      text: inSection([disclosure("deep", { _sd: padded([digestOf(element)]) }), count(2)]),
      reason: "digest-place",
    },
    {
      what: "a list straight inside a list",
      text: inSection([disclosure("deep", [[{ "...": digestOf(element) }]]), count(2)], [element]),
      reason: "digest-place",
    },
    { what: "a name twice", text: inSection([disclosure("a", 1), disclosure("a", 2), count(3)]), reason: "name-twice" },
    {
      what: "a digest of one section in another",
      text: withSection((payload["sections"] as Record<string, Json>)["existence"], disclosures),
      reason: "digest-twice",
    },
    {
      what: "a top-level name that is there already",
      text: withSection(
        { _sd: padded([digest]) },
        [disclosure("iss", "org_x"), one],
        padded([digestOf(disclosure("iss", "org_x"))])
          .map((text, i) => (text === decoy(1) ? decoy(101 + i) : text))
          .sort(),
      ),
      reason: "name-twice",
    },
    { what: "a disclosure of nothing here", text: `${audit}${disclosure("a", 1)}~`, reason: "unreferenced" },
    { what: "an empty disclosure", text: `${audit}~`, reason: "disclosure-form" },
  ])("$what: $reason", ({ text, reason }) => expect(failureOf(text)).toBe(`disclosures: ${reason}`));

  test("a member called __proto__ is a member like any other", () => {
    const parsed = parseStatement(inSection([disclosure("__proto__", 1), count(2)]));
    if (!parsed.ok) throw new Error(parsed.failure.reason);
    expect(Object.keys(parsed.value.sections.get("workforce")?.members ?? {})).toEqual(["__proto__"]);
  });
});

const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const littleEndian = (bytes: Bytes) => bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

describe("signatures and keys", () => {
  const signature = fromBase64url(signature64) as Bytes;
  const signed = utf8(`${header64}.${payload64}`);

  test("the signature holds, and with S + L it does not", async () => {
    expect(await verifySignature(verify, signer.publicKey, signature, signed)).toBe(true);
    const s = littleEndian(signature.slice(32)) + L;
    const moved = signature.slice();
    for (let i = 0; i < 32; i++) moved[32 + i] = Number((s >> BigInt(8 * i)) & 0xffn);
    expect(await verifySignature(verify, signer.publicKey, moved, signed)).toBe(false);
  });

  test("a signature of another length is false and a host that throws has said no", async () => {
    expect(await verifySignature(verify, signer.publicKey, signature.slice(0, 63), signed)).toBe(false);
    const throwing = () => {
      throw new Error("no such key");
    };
    expect(await verifySignature(throwing, signer.publicKey, signature, signed)).toBe(false);
  });

  test("an R of small order never reaches the host", async () => {
    const r = new Uint8Array(64);
    r[0] = 1;
    expect(await verifySignature(() => true, signer.publicKey, r, signed)).toBe(false);
    expect(await verifySignature(() => true, signer.publicKey, signature, signed)).toBe(true);
  });

  const key = (hexText: string) => new Uint8Array(Buffer.from(hexText, "hex"));
  test.each([
    { what: "the neutral element", bytes: key(`01${"00".repeat(31)}`), reason: "key-small-order" },
    { what: "the point of order 2", bytes: key(`ec${"ff".repeat(30)}7f`), reason: "key-small-order" },
    { what: "a point of order 4", bytes: key("00".repeat(32)), reason: "key-small-order" },
    {
      what: "a point of order 8",
      bytes: key("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
      reason: "key-small-order",
    },
    { what: "the neutral element, not canonical", bytes: key(`ee${"ff".repeat(30)}7f`), reason: "key-not-a-point" },
    { what: "no point", bytes: key(`02${"00".repeat(31)}`), reason: "key-not-a-point" },
    { what: "31 bytes", bytes: new Uint8Array(31), reason: "key-form" },
  ])("$what is not admitted: $reason", ({ bytes, reason }) => {
    expect(admitPublicKey(bytes)).toEqual({ ok: false, failure: reason });
    expect(admitKey(base64url(bytes))).toEqual({ ok: false, failure: reason });
  });

  test("a key with torsion is not admitted", async () => {
    const { ed25519 } = await import("@noble/curves/ed25519.js");
    const order8 = ed25519.Point.fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    const mixed = new Uint8Array(ed25519.Point.fromBytes(signer.publicKey).add(order8).toBytes());
    expect(admitPublicKey(mixed)).toEqual({ ok: false, failure: "key-torsion" });
    expect(admitPublicKey(signer.publicKey).ok).toBe(true);
  });
});
