import { listedOf } from "@quasarix/client/discovery-drafts.ts";
import type { AuditSummary, AuditView } from "@quasarix/shared/wire/sharing.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { beforeEach, expect, test } from "vitest";
import { clientFor } from "../workerd-client.ts";
import { duty, env, newWorld, publish } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";

let world: World;
let mill: Org;
let birch: Org;
let cedar: Org;
let site: string;
const FOR = "purpose=due-diligence";
const ROW = { scheme: "urn:quasarix:scheme:smeta", auditFrom: "2026-03-04", validUntil: "2027-03-03" };

beforeEach(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  birch = await world.admit("birch", "member");
  cedar = await world.admit("cedar", "member");
  site = await world.openSite(mill);
});

async function issued(hash: string): Promise<string> {
  await duty();
  await publish();
  return (await world.json<SubmissionState>(birch, "GET", `/v1/submissions/${hash}`)).audit as string;
}

const listOf = async (who: Org): Promise<AuditSummary[]> =>
  (await world.json<{ items: AuditSummary[] }>(who, "GET", `/v1/audits?${FOR}`)).items;

test("a row of a list becomes an audit of provenance `listed`, shown as that, and opens to no grantee", async () => {
  const { statementHash } = await world.say(birch, listedOf(birch.id, site, ROW));
  const audit = await issued(statementHash);
  const own = await listOf(birch);
  expect(own.map((one) => [one.audit, one.provenance, one.sharing])).toEqual([[audit, "listed", "unknown"]]);
  const grant = { grantSections: ["existence" as const], purposes: ["due-diligence" as const], notBefore: 0 };
  await world.grant(mill, { ...grant, grantee: cedar.id, site, notAfter: 9_999_999_999_999 });
  expect((await world.get(cedar, `/v1/audits/${audit}?${FOR}`)).status).toBe(404);
  expect(await listOf(cedar)).toEqual([]);
  expect((await listOf(mill)).map(({ provenance, lifecycle }) => [provenance, lifecycle.state])).toEqual([
    ["listed", "final"],
  ]);
});

test("the member's software checks that intake said `listed` of it", async () => {
  const client = await clientFor(birch);
  const text = await world.issue(birch, listedOf(birch.id, site, ROW));
  await world.json(birch, "POST", "/v1/statements", { statement: text });
  await duty();
  await publish();
  const confirmed = await client.confirm(text, 5_000);
  expect(confirmed.ok && confirmed.value.audit).toMatch(/^.{43}$/);
});

test("the report itself stands in place of the claim, and no claim in place of a report", async () => {
  const { statementHash: listed } = await world.say(birch, listedOf(birch.id, site, ROW));
  const claim = await issued(listed);
  const { statementHash: report } = await world.submit(birch, site, auditContent(), listed);
  const copy = await issued(report);
  const { lifecycle } = await world.json<AuditView>(birch, "GET", `/v1/audits/${claim}?${FOR}`);
  expect(lifecycle?.correctedBy).toBe(copy);
  await expect(world.say(birch, listedOf(birch.id, site, ROW, report))).rejects.toThrow(/stands in place of no report/);
  const { results } = await env.DB.prepare("SELECT hash, listed FROM submissions ORDER BY log_index").all();
  expect(results).toEqual([
    { hash: listed, listed: 1 },
    { hash: report, listed: 0 },
  ]);
});
