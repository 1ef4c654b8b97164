import { submissionOf } from "@quasarix/client/drafts.ts";
import type { SubmissionState } from "@quasarix/shared/wire/statement.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { intakeRound } from "../../workers/duty/intake.ts";
import { plantFault } from "../../workers/store/fault.ts";
import { listWaiting } from "../../workers/store/outbox.ts";
import { stage } from "../../workers/store/stage.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { dutyPorts, holdDuty, runDuty, sealedOf } from "./duty-hand.ts";

let world: World;
let birch: Org;
let site: string;

beforeEach(async () => {
  world = await newWorld();
  await holdDuty();
  const mill = await world.admit("mill", "supplier");
  birch = await world.admit("birch", "member");
  site = await world.openSite(mill);
});
afterEach(() => plantFault(null));

const submit = async (): Promise<string> => (await world.submit(birch, site, auditContent())).statementHash;
const auditOf = async (submission: string): Promise<string | null> =>
  (await world.json<SubmissionState>(birch, "GET", `/v1/submissions/${submission}`)).audit;

test("an outbox that fails each time keeps no round and no keyring from its time", async () => {
  const submission = await submit();
  plantFault({ pause: (at) => (at === "staged" ? Promise.reject(new Error("planted")) : Promise.resolve()) });
  await runDuty();
  expect(await auditOf(submission)).not.toBeNull();
  expect((await world.send(null, "GET", "/v1/keyring")).status).toBe(200);
});

test("a staged row that can never be recorded keeps no other from the log", async () => {
  const { db } = await dutyPorts();
  // A grant that grants to nobody: nothing from outside comes so far.
  const nothing = { vct: "urn:quasarix:grant:1", sub: birch.id, claims: { site } };
  for (const saying of [nothing, submissionOf(birch.id, site, auditContent())]) {
    await stage(db, [await sealedOf(await world.issue(birch, saying), birch.id)], 0);
  }
  await runDuty();
  const left = await db.prepare("SELECT type FROM statements WHERE log_index IS NULL").all<{ type: string }>();
  expect(left.results).toEqual([{ type: "grant" }]);
});

test("what comes after a round began waits for the next", async () => {
  const began = Date.now();
  while (Date.now() === began) await scheduler.wait(1);
  const submission = await submit();
  const ports = await dutyPorts();
  expect(await intakeRound(ports, began)).toBe(0);
  expect(await intakeRound(ports)).toBe(1);
  expect(await auditOf(submission)).not.toBeNull();
});

test("a round holds no more characters in memory than its budget, and takes all in turn", async () => {
  const hashes = [];
  for (let i = 0; i < 9; i++) hashes.push(await submit());
  await env.DB.prepare(
    "UPDATE statement_bodies SET jwt = jwt || hex(zeroblob(950000)) WHERE id IN (SELECT id FROM statements WHERE type = 'submission')",
  ).run();
  const { db, scope } = await dutyPorts();
  const ask = { until: Date.now(), limit: 1_000 };
  const first = await listWaiting(db, scope, ask);
  expect(first.map(({ hash }) => hash)).toEqual(hashes.sort().slice(0, 7));
  expect(first[0]?.site).toBe(site);
});
