import { type Bundle, formatBundle } from "@quasarix/shared/statement/bundle.ts";
import { exportOf, formatExport } from "@quasarix/shared/statement/export.ts";
import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import { verifyBundle } from "@quasarix/shared/statement/verify-bundle.ts";
import { verifyExport } from "@quasarix/shared/statement/verify-export.ts";
import { webVerify } from "@quasarix/shared/webcrypto.ts";
import { describe, expect, test } from "vitest";
import { AUDITOR, auditDraft, ORIGIN, seenBy, type WorldOptions, world } from "./consortium.ts";

const verify = webVerify(crypto);
const STRANGER = "\u2014 stranger AAAAAAAA\n";
const ADMITTED_AT = 1_790_000_000_004;

const withLine = (bundle: Bundle): Bundle => ({
  ...bundle,
  proof: bundle.proof + STRANGER,
  keyring: { ...bundle.keyring, proof: bundle.keyring.proof + STRANGER },
});

async function verdictOf(options: WorldOptions = {}, spoil: (bundle: Bundle) => Bundle = (bundle) => bundle) {
  const { bundle, pin } = await world(options);
  return { pin, verdict: await verifyBundle(formatBundle(spoil(bundle)), [pin], verify) };
}

describe("the verdict on a bundle", () => {
  test("says all that was found, step by step", async () => {
    const { pin, verdict } = await verdictOf();
    const plain = ["form", "policy", "signature", "disclosures", "entry", "seen"];
    expect(verdict.steps.filter(({ detail }) => detail === undefined)).toStrictEqual(
      plain.map((step) => ({ step, ok: true })),
    );
    expect(Object.fromEntries(verdict.steps.map(({ step, detail }) => [step, detail]))).toMatchObject({
      keyring: "as of log size 5",
      inclusion: "index 4 of 6",
      checkpoint: ORIGIN,
      quorum: "w",
      standing: "good",
      pin,
    });
    expect(verdict).toMatchObject({ exit: 0, policyHash: pin, asOf: 5, index: 4, admittedAt: ADMITTED_AT });
    expect(verdict).toMatchObject({
      cosigners: ["w"],
      ignored: [],
      claims: { iss: AUDITOR, provenance: "auditor-signed" },
    });
    expect(Object.keys(verdict.content ?? {})).toEqual(["existence", "findings"]);
  });

  test("names the statement by its hash", async () => {
    const { audit } = await world();
    const parsed = parseStatement(audit);
    const { verdict } = await verdictOf();
    expect(parsed.ok && hashText(parsed.value)).toBe(
      Buffer.from(verdict.statementHash ?? "", "hex").toString("base64url"),
    );
  });

  test("under no pin doubts the pin alone", async () => {
    const { bundle } = await world();
    const { steps } = await verifyBundle(formatBundle(bundle), [], verify);
    expect(steps.filter(({ ok }) => !ok).map(({ step }) => step)).toEqual(["pin"]);
  });

  test("names the lines that the policy does not know", async () => {
    const { verdict } = await verdictOf({}, withLine);
    expect(verdict).toMatchObject({ exit: 0, ignored: ["stranger"] });
    expect(verdict.steps.find(({ step }) => step === "quorum")?.detail).toBe("w; ignored: stranger");
  });

  test("shows what is disclosed at the top under no section's name", async () => {
    const { verdict } = await verdictOf({ draft: { ...auditDraft, top: { note: "seen on site" } }, show: [""] });
    expect(verdict.content?.[""]).toEqual({ note: "seen on site" });
  });

  test("a refusal lists the steps that held, and the one that did not", async () => {
    const { pin, verdict } = await verdictOf({ auditor: { use: "auth" } });
    expect(verdict).toEqual({
      exit: 1,
      steps: [
        ...["form", "policy", "keyring"].map((step) => ({ step, ok: true })),
        { step: "signature", ok: false, detail: "key-use" },
      ],
      refused: { step: "signature", reason: "key-use" },
      policyHash: pin,
    });
  });

  test("what is no bundle has no policy", async () => {
    const steps = [{ step: "form", ok: false, detail: "json" }];
    const refused = { step: "form", reason: "json" };
    expect(await verifyBundle("", [""], verify)).toEqual({ exit: 1, steps, refused, policyHash: "" });
  });

  test("a section that is shown is disclosed, whether or not its author erased it", async () => {
    const { verdict } = await verdictOf({ erased: ["findings"] });
    expect(verdict.sections).toMatchObject({ findings: "disclosed", people: "withheld" });
  });

  test("an erasure that names no section erases none", async () => {
    const { verdict } = await verdictOf({ erased: ["people"], erasure: { claims: {} } });
    expect(verdict).toMatchObject({ exit: 0, sections: { people: "withheld" } });
  });
});

async function exported(options: WorldOptions = {}, spoil: (bundle: Bundle) => Bundle = (bundle) => bundle) {
  const { bundle, pin } = await world(options);
  const whole = spoil(bundle);
  return { pin, file: formatExport(exportOf([whole, whole], [])) };
}

describe("the verdict on an export", () => {
  test("says policy, log size and each finding", async () => {
    const { pin, file } = await exported();
    const verdict = await verifyExport(file, [pin], verify);
    expect(verdict).toMatchObject({ exit: 0, policyHash: pin, asOf: 5 });
    expect(verdict.findings.map(({ index, standing, kids }) => [index, standing, kids.length])).toEqual([
      [4, "good", 1],
      [4, "good", 1],
    ]);
    expect(verdict).not.toHaveProperty("refused");
  });

  test.each<{
    what: string;
    options?: WorldOptions;
    spoil?: (bundle: Bundle) => Bundle;
    knows?: boolean;
    refused: object;
  }>([
    {
      what: "a policy of no lines",
      spoil: (bundle) => ({ ...bundle, policy: "\n" }),
      refused: { line: 1, step: "policy", reason: "no-quorum" },
    },
    {
      what: "a keyring out of its dossier",
      options: { keyring: { K: new Uint8Array(32) } },
      refused: { line: 1, step: "keyring", reason: "open-keys" },
    },
    {
      what: "a row that nobody needs",
      options: { strangersRow: true },
      knows: true,
      refused: { line: 1, step: "keyring", reason: "row-foreign" },
    },
    {
      what: "a first statement under an auth key",
      options: { auditor: { use: "auth" } },
      knows: true,
      refused: { line: 2, step: "signature", reason: "key-use" },
    },
  ])("of $what: where and why", async ({ options, spoil, knows, refused }) => {
    const { pin, file } = await exported(options, spoil);
    const verdict = await verifyExport(file, [pin], verify);
    expect(verdict).toEqual({ exit: 1, policyHash: knows ? pin : "", findings: [], refused });
  });

  test("is that of its one disputed statement", async () => {
    const { bundle, pin } = await world({ erased: ["people"], auditor: { loss: 5 } });
    const own = bundle.erasures.map(({ statement, proof }) => ({
      ...bundle,
      presentation: statement,
      proof,
      erasures: [],
    }));
    const verdict = await verifyExport(formatExport(exportOf([bundle, ...own], [])), [pin], verify);
    expect(verdict.findings.map(({ standing }) => standing)).toEqual(["good", "disputed"]);
    expect(verdict.exit).toBe(4);
  });

  test("asks once about a checkpoint that all its statements saw", async () => {
    const [plain, seeing] = await Promise.all([exported(), exported({ seen: await seenBy("log", 4) })]);
    expect((await questionsOf(seeing.file)) - (await questionsOf(plain.file))).toBe(1);
  });
});

async function questionsOf(file: string): Promise<number> {
  let asked = 0;
  await verifyExport(file, [], (...question) => {
    asked += 1;
    return verify(...question);
  });
  return asked;
}
