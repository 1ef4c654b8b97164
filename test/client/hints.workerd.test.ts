import { firmsTwins, type Hints, readersHints } from "@quasarix/client/hints.ts";
import type { AuditDraft } from "@quasarix/client/import/draft.ts";
import { draftTwins } from "@quasarix/client/import-twins.ts";
import { mergeOf } from "@quasarix/client/merge-drafts.ts";
import type { AuditContent } from "@quasarix/shared/audit/content.ts";
import type { Finding } from "@quasarix/shared/audit/finding.ts";
import { draftTwinSays, FIRM_FIRST_MS } from "@quasarix/shared/duplicate/twin-hint.ts";
import { beforeAll, expect, test } from "vitest";
import { clientFor } from "../workerd-client.ts";
import { duty, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

const WORDS = Array.from({ length: 120 }, (_, i) => `word${(i * 7919) % 4001}`).join(" ");
const LATER = Date.now() + FIRM_FIRST_MS + 60_000;

let world: World;
const who = {} as Record<"mill" | "firm" | "assay" | "birch" | "cedar", Org>;
let sites: string[];
const audits = {} as Record<"first" | "second" | "third" | "newer", string>;

const critical: Finding = {
  number: 1,
  severity: { level: 4, original: "Critical", mapping: "urn:quasarix:scheme:smeta@1" },
  description: WORDS,
  status: "open",
};
const written = (scheme: string, auditFrom: string, findings: Finding[]): AuditContent =>
  auditContent({
    existence: { ...auditContent().existence, scheme: { id: scheme, version: "1" }, auditFrom },
    findings: { findings },
  });

beforeAll(async () => {
  world = await newWorld();
  who.mill = await world.admit("mill", "supplier");
  for (const name of ["firm", "assay"] as const) who[name] = await world.admit(name, "auditor");
  for (const name of ["birch", "cedar"] as const) who[name] = await world.admit(name, "member");
  sites = [await world.openSite(who.mill, "Mill 1"), await world.openSite(who.mill, "Mill 2")];
  const window = { notBefore: 0, notAfter: Date.now() * 2, purposes: ["due-diligence" as const] };
  for (const site of sites) {
    await world.grant(who.mill, { grantee: who.birch.id, site, grantSections: ["existence", "findings"], ...window });
    await world.grant(who.mill, { grantee: who.cedar.id, site, grantSections: ["existence"], ...window });
  }
  const [one, two] = sites as [string, string];
  const say = async (org: Org, site: string, content: AuditContent) =>
    (await world.audit(org, site, content)).statementHash;
  audits.first = await say(who.firm, one, written("smeta", "2026-01-10", [critical]));
  audits.second = await say(who.firm, two, written("smeta", "2026-02-10", [{ ...critical, status: "closed" }]));
  audits.third = await say(who.assay, two, written("smeta", "2026-03-10", [{ ...critical, status: "closed" }]));
  audits.newer = await say(who.assay, one, written("wrap", "2026-05-02", []));
  await duty();
  await publish();
}, 60_000);

async function hintsTo(org: Org, now: number, site?: string): Promise<Hints> {
  const hints = await readersHints(await clientFor(org), { purpose: "due-diligence", site }, now);
  if (!hints.ok) throw new Error(JSON.stringify(hints.failure));
  return hints.value;
}
async function twinsTo(org: Org): Promise<string[]> {
  const hints = await firmsTwins(await clientFor(org), org.id, "corrective-action");
  if (!hints.ok) throw new Error(JSON.stringify(hints.failure));
  return pairs(hints.value);
}
const pairs = ({ twins }: Pick<Hints, "twins">) => twins.map(({ later, earlier }) => `${later.audit} ${earlier.audit}`);
const beside = ({ shopping }: Hints) => shopping.map(({ newer, older }) => `${newer.audit} ${older.audit}`);

test("the firm hears of its twins at once, of nobody else's; readers of both 14 days later", async () => {
  const pair = `${audits.second} ${audits.first}`;
  expect(await twinsTo(who.firm)).toEqual([pair]);
  expect(await twinsTo(who.assay)).toEqual([]);
  expect(pairs(await hintsTo(who.birch, Date.now()))).toEqual([]);
  expect(pairs(await hintsTo(who.birch, LATER))).toEqual([pair]);
});

test("whoever was granted existence alone is shown no hint, and reads nothing", async () => {
  const receipts = async () => (await world.json<{ items: unknown[] }>(who.mill, "GET", "/v1/receipts")).items.length;
  const before = await receipts();
  expect(await hintsTo(who.cedar, LATER)).toEqual({ shopping: [], twins: [], reports: 4 });
  expect(await receipts()).toBe(before);
});

test("a newer report under another scheme stands beside the open finding, at its own site alone", async () => {
  const hint = `${audits.newer} ${audits.first}`;
  expect(beside(await hintsTo(who.birch, Date.now()))).toEqual([hint]);
  expect(beside(await hintsTo(who.birch, Date.now(), sites[0]))).toEqual([hint]);
  expect(beside(await hintsTo(who.birch, Date.now(), sites[1]))).toEqual([]);
});

test("a firm hears of twins in a file that it has not signed yet, by line and place", () => {
  const draft = (line: number, name: string, key: string): AuditDraft => ({
    ...{ key: `${line}`, digest: "", line, groups: {} },
    site: { key, place: { name, city: "Porto", country: "PT" } },
    content: written("smeta", "2026-01-10", [critical]),
  });
  const file = draftTwins();
  for (const one of [draft(2, "Mill", "a"), draft(3, "Mill", "a"), draft(5, "Mill", "b")]) file.note(one);
  const [twin, ...more] = file.found();
  expect(more).toEqual([]);
  expect(twin && draftTwinSays(twin)).toMatch(
    /^Line 5 \(Mill, Porto\) and Line 2 \(Mill, Porto\) share 100 % of their wording/,
  );
});

test("two ids that were merged are one site: its reports are no twins, and hints reach over both", async () => {
  await world.say(world.operator, mergeOf(sites[0] as string, sites[1] as string));
  const hints = await hintsTo(who.birch, LATER);
  expect(pairs(hints)).toEqual([]);
  // The other id's later reports of the first scheme closed what was open.
  expect(beside(hints)).toEqual([]);
});
