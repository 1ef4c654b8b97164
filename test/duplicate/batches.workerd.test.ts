import { webRandom } from "@quasarix/shared/webcrypto.ts";
import { beforeEach, expect, test } from "vitest";
import { activeMembers, lastBatch } from "../../workers/store/batches.ts";
import { primaryDb } from "../../workers/store/db.ts";
import { closeBatch, env, newWorld } from "../workerd-world.ts";
import { auditContent, type World } from "../world.ts";

let world: World;
const db = () => primaryDb(env.DB);

beforeEach(async () => {
  world = await newWorld({ random: webRandom(crypto) });
});

test("before the first batch nobody hears anything", async () => {
  await env.DB.exec("DELETE FROM discovery_batches");
  expect(await lastBatch(db())).toEqual({ number: 0, closedAt: 0, size: 0 });
});

test("batches are numbered one by one, and each holds all that was in the log", async () => {
  await closeBatch();
  const first = await lastBatch(db());
  await world.admit("birch", "member");
  await closeBatch();
  const second = await lastBatch(db());
  expect(second.number).toBeGreaterThan(first.number);
  expect(second.size).toBeGreaterThan(first.size);
  const { results } = await env.DB.prepare("SELECT number FROM discovery_batches ORDER BY number").all();
  expect(results.map(({ number }) => number)).toEqual(results.map((_, i) => i + 1));
});

test("a member is active once it said something beside its keys, and not while it is suspended", async () => {
  const mill = await world.admit("mill", "supplier");
  const birch = await world.admit("birch", "member");
  await world.admit("cedar", "member");
  const site = await world.openSite(mill);
  const { index } = await world.submit(birch, site, auditContent());
  expect(await activeMembers(db(), index)).toBe(0);
  expect(await activeMembers(db(), index + 1)).toBe(1);
  await env.DB.prepare("UPDATE organisations SET suspended = 1 WHERE id = ?1").bind(birch.id).run();
  expect(await activeMembers(db(), index + 1)).toBe(0);
});
