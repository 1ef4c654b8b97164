import { beforeEach, expect, test } from "vitest";
import { stateKeyring } from "../../workers/duty/keyring.ts";
import { env, newWorld } from "../workerd-world.ts";
import type { World } from "../world.ts";
import { dutyPorts, holdDuty, runDuty } from "./duty-hand.ts";

let world: World;

beforeEach(async () => {
  world = await newWorld();
  await runDuty();
  await holdDuty();
});

const count = async (which: string): Promise<number> =>
  (
    await env.DB.prepare(`SELECT count(*) AS n FROM statements WHERE type = 'keyring' AND ${which}`).first<{
      n: number;
    }>()
  )?.n ?? 0;

test("while the log refuses, one keyring waits for it, and none is said to be stated", async () => {
  const before = await count("log_index IS NOT NULL");
  await world.admit("late", "supplier");
  await holdDuty();
  const ports = await dutyPorts();
  const refusing = { ok: false, reason: "smaller-past", ours: 1, theirs: 2, where: "anchor" } as const;
  const down = { ...ports, append: () => Promise.resolve(refusing) };
  const stated: boolean[] = [];
  for (let tick = 0; tick < 5; tick++)
    stated.push(await stateKeyring(down, { issuedAt: ports.now(), isRoundOver: false }));
  expect(stated).toEqual(Array.from({ length: 5 }, () => false));
  expect(await count("log_index IS NULL")).toBe(1);
  await runDuty();
  expect(await count("log_index IS NULL")).toBe(0);
  expect(await count("log_index IS NOT NULL")).toBe(before + 1);
});
