import { ownFromAudits } from "@quasarix/client/own-audits.ts";
import type { OwnRow } from "@quasarix/client/own-values.ts";
import { correctionOf } from "@quasarix/client/response-drafts.ts";
import type { AuditContent } from "@quasarix/shared/audit/content.ts";
import { frameworkBook } from "@quasarix/shared/benchmark/framework/book.ts";
import { FRAMEWORKS } from "@quasarix/shared/benchmark/framework/built-in.ts";
import { frameworkScale } from "@quasarix/shared/benchmark/framework/framework.ts";
import { latestOf } from "@quasarix/shared/benchmark/use/own.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { clientFor } from "../workerd-client.ts";
import { duty, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const [QUASARIX] = FRAMEWORKS;
if (!QUASARIX) throw new Error("no framework");
const GRIEVANCE = "score/quasarix@1/grievance-mechanism";
const METRICS = [GRIEVANCE, "findings/critical"];

let world: World;
const who = {} as Record<"mill" | "loom" | "firm" | "birch" | "cedar", Org>;
let [one, two]: string[] = [];

const scored = (auditFrom: string, value: number): AuditContent => {
  const base = auditContent();
  return auditContent({
    existence: { ...base.existence, auditFrom, auditTo: auditFrom, sharing: "supplier-own" },
    scores: {
      topics: [{ topic: "grievance-mechanism", scale: frameworkScale(QUASARIX), value, original: String(value) }],
    },
    findings: { findings: [] },
  });
};

beforeAll(async () => {
  world = await newWorld();
  for (const name of ["mill", "loom"] as const) who[name] = await world.admit(name, "supplier");
  who.firm = await world.admit("firm", "auditor");
  for (const name of ["birch", "cedar"] as const) who[name] = await world.admit(name, "member");
  one = await world.openSite(who.mill, "Mill 1");
  two = await world.openSite(who.loom, "Loom 1");
  const window = { notBefore: 0, notAfter: Date.now() * 2, purposes: ["due-diligence" as const] };
  const sections = ["existence", "scores", "findings", "plans"] as const;
  await world.grant(who.mill, { grantee: who.birch.id, site: one, grantSections: [...sections], ...window });
  await world.grant(who.loom, { grantee: who.birch.id, site: two, grantSections: ["existence", "scores"], ...window });
  await world.audit(who.firm, one, scored("2025-02-10", 2));
  await world.audit(who.firm, one, scored("2026-02-10", 4));
  await world.audit(who.firm, two, scored("2026-03-10", 5));
  await duty();
  await publish();
}, 60_000);

async function own(org: Org, since: string | null = null): Promise<OwnRow[]> {
  const book = frameworkBook(FRAMEWORKS);
  const rows = await ownFromAudits(await clientFor(org), { purpose: "due-diligence", metrics: METRICS, book, since });
  if (!rows.ok) throw new Error(JSON.stringify(rows.failure));
  return rows.value;
}
const shown = (rows: readonly OwnRow[]): string[] =>
  rows.map(({ site, metric, value, day }) => [site === one ? "mill" : "loom", metric, value, day].join(" ")).sort();

describe("one's own figures, from the audits that one may read", () => {
  test("a member has those that it was granted, section by section", async () => {
    expect(shown(await own(who.birch))).toEqual([
      "loom score/quasarix@1/grievance-mechanism 5 2026-03-10",
      "mill findings/critical 1 2025-02-10",
      "mill findings/critical 1 2026-02-10",
      "mill score/quasarix@1/grievance-mechanism 2 2025-02-10",
      "mill score/quasarix@1/grievance-mechanism 4 2026-02-10",
    ]);
  });

  test("a supplier has its own audits, and nobody else's", async () => {
    expect(new Set((await own(who.mill)).map(({ site }) => site))).toEqual(new Set([one]));
    expect(await own(who.cedar)).toEqual([]);
  });

  test("what is older than asked for is not read: its supplier sees no reading", async () => {
    const receipts = async () => (await world.json<{ items: unknown[] }>(who.mill, "GET", "/v1/receipts")).items.length;
    const before = await receipts();
    expect(shown(await own(who.birch, "2026-03-01"))).toEqual([
      "loom score/quasarix@1/grievance-mechanism 5 2026-03-10",
    ]);
    expect(await receipts()).toBe(before);
  });

  test("each site comes with where it stands in the tree", async () => {
    for (const { leaf } of await own(who.birch))
      expect(leaf).toMatchObject({ industry: "unknown", region: expect.any(String) });
  });

  test("an audit that a correction replaced is no figure of one's own", async () => {
    const site = two as string;
    const wrong = await world.audit(who.firm, site, scored("2026-06-20", 1));
    const right = await world.audit(who.firm, site, scored("2026-05-20", 5));
    await world.say(
      who.firm,
      correctionOf(
        { audit: wrong.statementHash, site },
        { why: "The wrong day and level." },
        { by: right.statementHash },
      ),
    );
    await publish();
    const rows = (await own(who.birch)).filter((row) => row.site === site);
    expect(latestOf(rows).map(({ value }) => value)).toEqual([5]);
  });
});
