import { type EvaluatedAudit, evaluateAudit, evaluateSite, type Measure } from "@quasarix/client/evaluation.ts";
import { CATALOGUE } from "@quasarix/shared/audit/scheme/catalogue.ts";
import { withFile } from "@quasarix/shared/audit/scheme/catalogue-file.ts";
import { PRESETS } from "@quasarix/shared/duplicate/presets.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { clientFor } from "../workerd-client.ts";
import { duty, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const BSCI = "urn:quasarix:scheme:amfori-bsci";
const SCALE = "urn:quasarix:scale:amfori-bsci-grade";
const DAY = 86_400_000;
const held = new Date(Date.now() - 40 * DAY).toISOString().slice(0, 10);

const measure: Measure = {
  policy: {
    name: "Test",
    schemes: [{ scheme: BSCI, minimum: { scale: SCALE, value: "C" } }],
    others: "refused",
    topics: ["wages"],
    accreditations: ["APSCA"],
    provenances: ["auditor-signed"],
    excludes: { severity: "critical", closed: "forgiven" },
  },
  catalogue: CATALOGUE,
  today: new Date().toISOString().slice(0, 10),
  purpose: "audit-avoidance",
  existenceOnly: false,
};

const content = (value: string, status: "open" | "closed") =>
  auditContent({
    existence: {
      scheme: { id: BSCI, version: "2021" },
      auditFrom: held,
      announcement: "unannounced",
      kind: "periodic",
      topics: ["wages"],
      accreditation: { body: "APSCA" },
      assessor: { kind: "auditor" },
      sharing: "supplier-own",
    },
    scores: { overall: { scale: SCALE, value, original: value } },
    findings: {
      findings: [{ number: 1, severity: { level: 5, original: "Zero Tolerance", mapping: `${BSCI}@1` }, status }],
    },
  });

let world: World;
let mill: Org;
let good: string;
let goodSite: string;
let bad: string;
let badSite: string;

beforeAll(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  const firm = await world.admit("firm", "auditor");
  goodSite = await world.openSite(mill);
  badSite = await world.openSite(mill, "Mill 2");
  good = (await world.audit(firm, goodSite, content("B", "closed"))).statementHash;
  bad = (await world.audit(firm, badSite, content("D", "open"))).statementHash;
  await duty();
  await publish();
}, 60_000);

/** A member that was granted these sections of both sites. */
async function granted(name: string, grantSections: AuditSection[]): Promise<Org> {
  const who = await world.admit(name, "member");
  for (const site of [goodSite, badSite])
    await world.grant(mill, {
      grantee: who.id,
      site,
      grantSections,
      purposes: ["audit-avoidance"],
      notBefore: 0,
      notAfter: Date.now() + DAY,
    });
  await duty();
  await publish();
  return who;
}

async function evaluated(who: Org, over: Partial<Measure> = {}): Promise<EvaluatedAudit[]> {
  const client = await clientFor(who);
  const answers = [
    await evaluateSite(client, goodSite, { ...measure, ...over }),
    await evaluateSite(client, badSite, { ...measure, ...over }),
  ];
  return answers.flatMap((answer) => {
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
    return answer.value;
  });
}

const said = ({ audit, basis, evaluation: { verdict, reasons, isOpen } }: EvaluatedAudit) => ({
  audit,
  basis,
  verdict,
  isOpen,
  codes: reasons.map(({ code }) => code),
});

const receiptsOf = async (): Promise<number> =>
  (await world.json<{ items: unknown[] }>(mill, "GET", "/v1/receipts?limit=100")).items.length;

describe("an evaluation on the reader's side", () => {
  test("rests on existence alone where no more was granted: both audits look alike, and nothing is read", async () => {
    const before = await receiptsOf();
    const birch = await granted("birch", ["existence"]);
    const open = { basis: ["existence"], verdict: "accept-with-gaps", isOpen: true };
    const codes = ["result-not-open", "findings-not-open"];
    expect((await evaluated(birch)).map(said)).toEqual([
      { audit: good, ...open, codes },
      { audit: bad, ...open, codes },
    ]);
    expect(await receiptsOf()).toBe(before);
  });

  test("rests on what was granted, verified, and the supplier sees that it was read", async () => {
    const cedar = await granted("cedar", ["existence", "scores", "findings"]);
    const before = await receiptsOf();
    const basis = ["existence", "scores", "findings"];
    expect((await evaluated(cedar)).map(said)).toEqual([
      { audit: good, basis, verdict: "accept", isOpen: false, codes: ["meets-policy"] },
      { audit: bad, basis, verdict: "reject", isOpen: false, codes: ["result-below", "finding-excluded"] },
    ]);
    expect(await receiptsOf()).toBe(before + 2);

    const quiet = await evaluated(cedar, { existenceOnly: true });
    expect(quiet.map(({ evaluation }) => evaluation.verdict)).toEqual(["accept-with-gaps", "accept-with-gaps"]);
    expect(await receiptsOf()).toBe(before + 2);
  });

  test("of one audit, by its id; of one that is not open there is none", async () => {
    const elm = await granted("elm", ["existence", "scores"]);
    const one = await evaluateAudit(await clientFor(elm), bad, measure);
    expect(one.ok && said(one.value)).toMatchObject({ basis: ["existence", "scores"], verdict: "reject" });
    const fir = await world.admit("fir", "member");
    expect(await evaluateAudit(await clientFor(fir), bad, measure)).toMatchObject({ ok: false });
    expect(await evaluateSite(await clientFor(fir), badSite, measure)).toEqual({ ok: true, value: [] });
  });

  test("goes by a consortium's own catalogue, where there is one", async () => {
    const own = {
      ...(CATALOGUE.schemes.find(({ id }) => id === BSCI) as (typeof CATALOGUE.schemes)[number]),
      validity: [{ months: 1, mark: "own" as const }],
    };
    const catalogue = withFile(CATALOGUE, { catalogue: 1, version: "ours", schemes: [own], lines: [] });
    const gum = await granted("gum", ["existence"]);
    const policy = PRESETS["any-recent"].policy;
    const verdicts = async (by: Partial<Measure>) =>
      (await evaluated(gum, { policy, ...by })).map(({ evaluation }) => evaluation.verdict);
    expect(await verdicts({})).toEqual(["accept", "accept"]);
    expect(await verdicts({ catalogue })).toEqual(["reject", "reject"]);
  });
});
