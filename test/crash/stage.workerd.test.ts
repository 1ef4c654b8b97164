import { submissionOf } from "@quasarix/client/drafts.ts";
import { beforeEach, expect, test } from "vitest";
import { listStaged } from "../../workers/store/outbox.ts";
import { type Staged, stage } from "../../workers/store/stage.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { dutyPorts, holdDuty, sealedOf } from "./duty-hand.ts";

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

const stagedOf = (text: string): Promise<Staged> => sealedOf(text, birch.id);
const issued = (): Promise<string> => world.issue(birch, submissionOf(birch.id, site, auditContent()));

async function stagedTexts(): Promise<string[]> {
  const { db, scope, vault } = await dutyPorts();
  const rows = await listStaged(db, scope, { before: 1, limit: 1_000 });
  return Promise.all(rows.map((row) => vault.presentAll(row)));
}

const number = async (sql: string): Promise<number | null> => env.DB.prepare(sql).first<number>("n");
const UNPAIRED = `SELECT (SELECT count(*) FROM statements WHERE id NOT IN (SELECT id FROM statement_bodies))
  + (SELECT count(*) FROM statement_bodies WHERE id NOT IN (SELECT id FROM statements)) AS n`;

test.each([1, 20, 21, 45])("%i statements staged at once have each their own body", async (count) => {
  const texts = await Promise.all(Array.from({ length: count }, issued));
  const staged = await Promise.all(texts.map(stagedOf));
  expect(await stage(env.DB, staged, 0)).toEqual(new Map());
  expect(await stagedTexts()).toEqual(texts);
});

test("a statement under the jti of another has no body, and those around it have theirs", async () => {
  const texts = await Promise.all(Array.from({ length: 3 }, issued));
  const [one, two, three] = (await Promise.all(texts.map(stagedOf))) as [Staged, Staged, Staged];
  const claims = { ...two.statement.claims, jti: one.statement.claims.jti };
  const refusals = await stage(env.DB, [one, { ...two, statement: { ...two.statement, claims } }, three], 0);
  expect([...refusals.values()]).toEqual([{ reason: "jti-reused", first: one.scope.statement }]);
  expect(await stagedTexts()).toEqual([texts[0], texts[2]]);
  expect(await number(UNPAIRED)).toBe(0);
});

const ERASED = "UPDATE statement_bodies SET bodies = '{}', wrapped = NULL WHERE wrapped IS NOT NULL";
test.each([
  ["while it waits for its place", "SELECT 1", ERASED],
  ["once it has its place", "UPDATE statements SET log_index = 900 + id WHERE log_index IS NULL", ERASED],
  [
    "once it has its place, row and all",
    "UPDATE statements SET log_index = 900 + id WHERE log_index IS NULL",
    "DELETE FROM statement_bodies WHERE wrapped IS NOT NULL",
  ],
])("a body that was erased does not come back with a resend: %s", async (_name, placed, erased) => {
  const staged = await stagedOf(await issued());
  await stage(env.DB, [staged], 0);
  const full = "SELECT count(*) AS n FROM statement_bodies WHERE wrapped IS NOT NULL";
  expect(await number(full)).toBeGreaterThan(0);
  await env.DB.batch([env.DB.prepare(placed), env.DB.prepare(erased)]);
  expect(await stage(env.DB, [staged, await stagedOf(await issued())], 0)).toEqual(new Map());
  expect(await number(full)).toBe(1);
});

test("a statement that is gone leaves no body for the next under its id", async () => {
  await stage(env.DB, [await stagedOf(await issued())], 0);
  await env.DB.prepare("DELETE FROM statements WHERE log_index IS NULL").run();
  expect(await number(UNPAIRED)).toBe(0);
  const text = await issued();
  await stage(env.DB, [await stagedOf(text)], 0);
  expect(await stagedTexts()).toEqual([text]);
});
