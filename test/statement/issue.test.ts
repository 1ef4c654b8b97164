import { base64url } from "@quasarix/shared/base64.ts";
import { type Bytes, utf8 } from "@quasarix/shared/bytes.ts";
import { verifyInclusion } from "@quasarix/shared/log/proof.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { openSections, sealSections, sectionBodies } from "@quasarix/shared/statement/atrest.ts";
import { AUDIT_SECTIONS, catalogue, vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { type Draft, issueStatement } from "@quasarix/shared/statement/issue.ts";
import type { Json } from "@quasarix/shared/statement/json.ts";
import { thumbprint } from "@quasarix/shared/statement/key.ts";
import { type KeyRow, keyringTree, parseRow, rowJson, standingAt } from "@quasarix/shared/statement/keyring.ts";
import { presentSections } from "@quasarix/shared/statement/present.ts";
import { checkReissue, reissue } from "@quasarix/shared/statement/reissue.ts";
import { paddedLength } from "@quasarix/shared/statement/sections.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import { hashText, isComplete, parseStatement, type Statement } from "@quasarix/shared/statement/statement.ts";
import { webSealer, webVerify } from "@quasarix/shared/webcrypto.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { referenceInclusion, referenceRoot } from "../log/reference-tree.ts";
import { runs } from "../runs.ts";
import { auditDraft, dice, MEMBER, ORIGIN, SITE, signerOf } from "./consortium.ts";
import { golden } from "./golden.ts";

const signer = await signerOf("auditor");
const platform = await signerOf("platform");
const verify = webVerify(crypto);

function opened(text: string): Statement {
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(`${parsed.failure.step}: ${parsed.failure.reason}`);
  return parsed.value;
}

const member = fc
  .string({ unit: "grapheme", maxLength: 12 })
  .filter((name) => !/(_count|^members|^_sd|^\.\.\.)$/.test(name));
// What JSON keeps: no -0, no undefined.
const value = fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.parse(JSON.stringify(json)) as Json);
const holdsDigests = (json: Json) => /"(_sd|\.\.\.)"/.test(JSON.stringify(json));
const members = fc.dictionary(member, value, { maxKeys: 6, noNullPrototype: true }).filter((all) => !holdsDigests(all));
const content = fc.record(Object.fromEntries(AUDIT_SECTIONS.map((name) => [name, members])), { noNullPrototype: true });

describe("issue, parse, present", () => {
  test("what an author says is what every reader of the section reads", async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.subarray([...AUDIT_SECTIONS]), fc.string(), async (sections, shown, seed) => {
        const issued = await issueStatement({ signer, random: dice(seed) }, { ...auditDraft, sections } as Draft);
        const whole = opened(issued);
        expect(isComplete(whole)).toBe(true);
        expect(await verifySignature(verify, signer.publicKey, whole.signature, whole.signed)).toBe(true);
        const part = opened(presentSections(whole, shown));
        expect(part.hash).toEqual(whole.hash);
        for (const name of AUDIT_SECTIONS) {
          const { state, members: read } = part.sections.get(name) ?? {};
          expect(state).toBe(shown.includes(name) ? "complete" : "withheld");
          expect(read).toEqual(shown.includes(name) ? sections[name] : {});
        }
        expect(presentSections(opened(issued), AUDIT_SECTIONS)).toBe(issued);
      }),
      { numRuns: runs(100, 2000) },
    );
  });

  test("a disclosure left out of an open section is always noticed", async () => {
    await fc.assert(
      fc.asyncProperty(content, fc.nat(), async (sections, pick) => {
        const issued = await issueStatement({ signer, random: dice("left out") }, { ...auditDraft, sections } as Draft);
        const [jwt, ...texts] = issued.split("~").slice(0, -1) as [string, ...string[]];
        const parsed = parseStatement([jwt, ...texts.toSpliced(pick % texts.length, 1), ""].join("~"));
        // A section of nothing but its count is withheld without it, which is a presentation as good as any.
        if (parsed.ok) expect(isComplete(parsed.value)).toBe(false);
        else
          expect(parsed.failure).toEqual({
            step: "disclosures",
            reason: expect.stringMatching(/incomplete|unreferenced/),
          });
      }),
      { numRuns: runs(100, 2000) },
    );
  });

  test("a foreign type or section is our own bug", async () => {
    const draft = { ...auditDraft, sections: { prices: {} } };
    await expect(issueStatement({ signer, random: dice("x") }, draft)).rejects.toThrow("`prices`");
    await expect(issueStatement({ signer, random: dice("x") }, { ...auditDraft, vct: "urn:x" })).rejects.toThrow(
      "`urn:x`",
    );
  });

  test.each([
    {
      what: "a list beside a member that has its count's name",
      members: { files: [], files_count: 3 },
      names: "`files_count`",
    },
    { what: "a list called members", members: { members: [] }, names: "`members_count`" },
    { what: "a member called _sd", members: { _sd: 1 }, names: "`_sd`" },
    { what: "digests in a value", members: { deep: [{ "...": "x" }] }, names: "`deep`" },
  ])("$what is refused before it is signed", async ({ members: spoilt, names }) => {
    const draft = { ...auditDraft, sections: { existence: spoilt as Record<string, Json> } };
    await expect(issueStatement({ signer, random: dice("x") }, draft)).rejects.toThrow(names);
  });

  test("arrays of digests say nothing but a power of two", () => {
    expect([0, 1, 4, 5, 8, 9, 300].map(paddedLength)).toEqual([4, 4, 4, 8, 8, 16, 512]);
  });
});

describe.skipIf(!golden)("golden presentations", () => {
  const withSections = golden?.statements.filter(({ presentations }) => presentations.length > 0) ?? [];
  test.each(withSections)("of $name", ({ text, presentations }) => {
    const statement = opened(text);
    for (const { sections, text: presented } of presentations) {
      expect(presentSections(statement, sections)).toBe(presented);
      for (const [name, { state }] of opened(presented).sections) {
        expect(state).toBe(sections.includes(name) ? "complete" : "withheld");
      }
    }
  });

  test("members are in the order of the golden vectors", async () => {
    for (const { payload } of golden?.statements ?? []) {
      const { iss, iat, vct, sub, seen, re, jti, _sd_alg, _sd, sections: _, ...claims } = JSON.parse(payload);
      const draft = { iss, iat, vct, sub, seen, re, jti, claims, ...(_sd && { top: { origin: "x" } }) };
      const issued = opened(await issueStatement({ signer, random: dice("order") }, draft));
      expect(Object.keys(issued.claims)).toEqual(Object.keys(JSON.parse(payload)));
    }
  });
});

test("every type of the catalogue can be said", async () => {
  for (const row of catalogue) {
    const sub = { consortium: ORIGIN, site: SITE, organisation: MEMBER }[row.subject];
    const claims = row.type === "audit" ? { provenance: "listed" } : {};
    const draft = { iss: MEMBER, iat: 1, vct: vctOf(row.type, row.version), sub, claims };
    const statement = opened(await issueStatement({ signer, random: dice(row.type) }, draft));
    expect([...statement.sections.keys()]).toEqual(row.sections);
  }
});

describe("intake", async () => {
  const random = dice("intake");
  const draft = { ...auditDraft, iss: MEMBER, sub: MEMBER, vct: vctOf("submission"), claims: { site: SITE } };
  const submission = opened(await issueStatement({ signer, random }, draft));
  const frame = { iss: ORIGIN, iat: 1, sub: SITE } as const;
  const ports = { signer: platform, random };
  const text = await reissue(ports, submission, frame);
  const audit = opened(text);

  test("the audit repeats the submission and names it to those who may know", () => {
    expect(checkReissue(submission, audit)).toEqual({ ok: true, value: true });
    expect(isComplete(audit)).toBe(true);
    expect(audit.top.map(({ name, value: said }) => [name, said])).toEqual([["origin", hashText(submission)]]);
    // The same disclosures, in an order that is nobody's.
    for (const [name, section] of submission.sections)
      expect(audit.sections.get(name)?.disclosures).toEqual([...section.disclosures].sort());
    const shown = presentSections(audit, AUDIT_SECTIONS);
    for (const trace of [MEMBER, thumbprint(signer.publicKey), hashText(submission)])
      expect(shown).not.toContain(trace);
  });

  const other = opened(await issueStatement({ signer, random: dice("other") }, draft));
  test.each([
    { what: "another submission's digests", given: other, from: audit, reason: "origin-differs" },
    {
      what: "an audit that hides its origin",
      given: submission,
      from: opened(presentSections(audit, AUDIT_SECTIONS)),
      reason: "origin-withheld",
    },
    {
      what: "an audit of another site",
      given: submission,
      from: opened(await reissue(ports, submission, { ...frame, sub: "site_AAAAAAAAAAAAAAAAAAAAAA" })),
      reason: "subject",
    },
    { what: "no audit", given: submission, from: submission, reason: "not-an-audit" },
    { what: "no submission", given: audit, from: audit, reason: "not-a-submission" },
    {
      what: "an audit that names the submission over other digests",
      given: submission,
      from: opened(
        await issueStatement(ports, {
          ...auditDraft,
          iss: ORIGIN,
          claims: { provenance: "submitted-copy" },
          top: { origin: hashText(submission) },
        }),
      ),
      reason: "digests-differ",
    },
    {
      what: "an audit signed as an auditor's",
      given: submission,
      from: opened(await issueStatement(ports, auditDraft)),
      reason: "provenance",
    },
  ])("$what is caught: $reason", ({ given, from, reason }) => {
    expect(checkReissue(given, from)).toEqual({ ok: false, failure: reason });
  });
});

describe("keyring", () => {
  const rowOf = (i: number): KeyRow => {
    const x = new Uint8Array(32).fill(i);
    return { kid: thumbprint(x), x: base64url(x), org: MEMBER, use: "record", from: i, until: null, loss: null };
  };

  test.each([0, 1, 2, 3, 5, 8, 13])("the tree of %i rows is RFC 6962's", (size) => {
    const tree = keyringTree(Array.from({ length: size }, (_, i) => rowOf(i)));
    expect(tree.rows.map(({ kid }) => kid)).toEqual(tree.rows.map(({ kid }) => kid).sort());
    const leaves = tree.rows.map((row) => leafHash(utf8(rowJson(row))));
    expect(tree.root).toEqual(referenceRoot(leaves));
    for (const [i, leaf] of leaves.entries()) {
      expect(tree.pathOf(i)).toEqual(referenceInclusion(i, leaves));
      expect(verifyInclusion(leaf, i, size, tree.pathOf(i), tree.root).ok).toBe(true);
    }
  });

  test("a row has one spelling and the kid of its key", () => {
    const row = rowOf(7);
    expect(parseRow(rowJson(row))).toEqual({ ok: true, value: row });
    expect(parseRow(rowJson(row).replace(",", ", "))).toEqual({ ok: false, failure: "row-form" });
    expect(parseRow(rowJson({ ...row, from: -1 }))).toEqual({ ok: false, failure: "row-form" });
    expect(parseRow(rowJson({ ...row, kid: rowOf(8).kid }))).toEqual({ ok: false, failure: "row-kid" });
    expect(parseRow("[]")).toEqual({ ok: false, failure: "row-form" });
  });

  test.each([
    { from: 4, until: null, loss: null, at: 3, standing: "not-in-force" },
    { from: 4, until: null, loss: null, at: 4, standing: "good" },
    { from: 4, until: 9, loss: null, at: 8, standing: "good" },
    { from: 4, until: 9, loss: null, at: 9, standing: "not-in-force" },
    { from: 4, until: null, loss: 6, at: 5, standing: "good" },
    { from: 4, until: null, loss: 6, at: 6, standing: "disputed" },
    { from: 4, until: 9, loss: 6, at: 9, standing: "not-in-force" },
    { from: null, until: null, loss: null, at: 0, standing: "not-in-force" },
  ])("a key from $from until $until, lost at $loss, is $standing at $at", ({ at, standing, ...window }) => {
    expect(standingAt({ ...rowOf(1), ...window }, at)).toBe(standing);
  });
});

describe("at rest", async () => {
  const sealer = webSealer(crypto);
  const random = dice("kek");
  const kek = random(32);
  const statement = opened(await issueStatement({ signer, random }, auditDraft));
  const { hash } = statement;
  const stored = await sealSections(sealer, kek, 1, statement);
  const open = (
    changes: Partial<{ kek: typeof kek; version: number; hash: typeof hash; stored: typeof stored }> = {},
  ) => {
    const all = { kek, version: 1, hash, stored, ...changes };
    return openSections(sealer, all.kek, all.version, all.hash, all.stored, ["existence", "people"]);
  };

  test("named sections come back as they were, the others stay shut", async () => {
    const read = await open();
    if (!read.ok) throw new Error(read.failure.reason);
    const expected = sectionBodies(statement).filter(({ name }) => ["existence", "people"].includes(name));
    expect([...read.value].map(([name, disclosures]) => ({ name, disclosures }))).toEqual(expected);
    expect(stored.bodies.map(({ name }) => name)).toEqual(AUDIT_SECTIONS);
  });

  // One key for all sections, so that only the name in the sealed data can tell the bodies apart.
  const sealOnce = async (aad: Bytes, plain: Bytes) => ({ key: kek, sealed: await sealer.seal(kek, aad, plain) });
  const one = await sealSections({ ...sealer, sealOnce }, kek, 1, statement);
  const moved = one.bodies.map(({ name, sealed }) => ({ name: name === "scores" ? "people" : name, sealed }));
  test.each([
    { what: "another key-encryption key", changes: { kek: random(32) }, failure: { reason: "keys-sealed", at: "" } },
    { what: "another version of it", changes: { version: 2 }, failure: { reason: "keys-sealed", at: "" } },
    { what: "another statement", changes: { hash: random(32) }, failure: { reason: "keys-sealed", at: "" } },
    {
      what: "a body in another section's place",
      changes: { stored: { ...one, bodies: moved } },
      failure: { reason: "body-sealed", at: "people" },
    },
  ])("$what opens nothing", async ({ changes, failure }) => {
    expect(await open(changes)).toEqual({ ok: false, failure });
  });
});
