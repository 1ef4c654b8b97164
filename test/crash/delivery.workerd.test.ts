import { abortAllDurableObjects } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { stateDeliveries } from "../../workers/duty/delivery.ts";
import { DELIVERY_PAUSES, type Pause, REQUEST_PAUSES } from "../../workers/store/fault.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { dutyPorts, holdDuty, runDuty } from "./duty-hand.ts";
import { struckAt } from "./rows.ts";
import { planted, spare, strike } from "./strike.ts";

let world: World;
let mill: Org;
let firm: Org;
let site: string;

beforeAll(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  firm = await world.admit("firm", "auditor");
  site = await world.openSite(mill);
});
// A keyring or a receipt head that is due would come by the same pauses.
beforeEach(async () => {
  await runDuty();
  await holdDuty();
});
afterEach(() => spare());

const rows = async <T>(sql: string, ...bound: unknown[]): Promise<T[]> =>
  (
    await env.DB.prepare(sql)
      .bind(...bound)
      .all<T>()
  ).results;

const openedOf = (audit: string) =>
  rows<{ event: string; statement: string }>("SELECT event, statement FROM deliveries WHERE audit = ?", audit);

const PAUSES: readonly Pause[] = [...DELIVERY_PAUSES, ...REQUEST_PAUSES];
const table = struckAt(PAUSES, ["an error", "an abort"]);

test.each(table)("a delivery that dies before $name, of $what, is stated once", async ({ name, what }) => {
  const { statementHash: audit } = await world.audit(firm, site, auditContent());
  await world.json(mill, "GET", `/v1/audits/${audit}?purpose=due-diligence`);
  const before = (await rows("SELECT 1 FROM statements WHERE type = 'delivery'")).length;

  const { reached } = strike(name, () => (what === "an error" ? planted() : new Promise(() => {})));
  const struck = runDuty().catch(() => undefined);
  while (!reached()) await scheduler.wait(2);
  if (what === "an abort") await abortAllDurableObjects();
  await struck;
  spare();

  for (let tries = 0; tries < 3; tries++) {
    await runDuty();
    await holdDuty();
  }
  expect(await openedOf(audit)).toMatchObject([{ event: "opened" }]);
  const stated = await rows("SELECT 1 FROM statements WHERE type = 'delivery' AND log_index IS NOT NULL");
  expect(stated).toHaveLength(before + 1);
});

test("one that is on its way into the log is waited for, an hour at most", async () => {
  const { statementHash: audit } = await world.audit(firm, site, auditContent());
  await world.json(mill, "GET", `/v1/audits/${audit}?purpose=due-diligence`);
  const ports = await dutyPorts();
  strike("sequence", planted);
  await expect(stateDeliveries(ports, 0)).rejects.toThrow("planted");
  spare();
  const staged = () => rows("SELECT 1 FROM statements WHERE type = 'delivery' AND log_index IS NULL");
  expect([await stateDeliveries(ports, 0), (await staged()).length]).toEqual([true, 1]);
  const later = { ...ports, now: () => Date.now() + 3_600_001 };
  await stateDeliveries(later, 0);
  expect(await openedOf(audit)).toHaveLength(1);
});

test("a supplier that looks again, and one that never looked, change nothing", async () => {
  const { statementHash: audit } = await world.audit(firm, site, auditContent());
  await runDuty();
  expect(await openedOf(audit)).toEqual([]);
  for (let looks = 0; looks < 2; looks++) {
    await world.json(mill, "GET", `/v1/audits/${audit}?purpose=due-diligence`);
    await runDuty();
  }
  expect(await openedOf(audit)).toHaveLength(1);
});

test("what was opened at two sites is one statement a site", async () => {
  const other = await world.openSite(mill, "Mill 2");
  const audits = await Promise.all(
    [site, other, site].map(async (where) => (await world.audit(firm, where, auditContent())).statementHash),
  );
  for (const audit of audits) await world.json(mill, "GET", `/v1/audits/${audit}?purpose=due-diligence`);
  await runDuty();
  const stated = (await Promise.all(audits.map(openedOf))).map(([first]) => first?.statement);
  expect(stated.every((one) => one !== undefined)).toBe(true);
  expect([stated[0] === stated[2], new Set(stated).size]).toEqual([true, 2]);
});
