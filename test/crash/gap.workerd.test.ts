import { afterEach, expect, test } from "vitest";
import { plantFault } from "../../workers/store/fault.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { newWorld } from "../workerd-world.ts";
import { holdDuty, runDuty } from "./duty-hand.ts";

afterEach(() => plantFault(null));

test("a statement that is logged and not recorded ends a page, and breaks no chain", async () => {
  const world = await newWorld();
  await holdDuty();
  const mill = await world.admit("mill", "supplier");
  await runDuty();
  await holdDuty();
  let isStruck = false;
  plantFault({
    pause: async (at) => {
      if (at !== "record" || isStruck) return;
      isStruck = true;
      throw new Error("planted");
    },
  });
  await expect(world.openSite(mill, "Mill 1")).rejects.toThrow("500");
  plantFault(null);
  const later = await world.openSite(mill, "Mill 2");
  await forgetInterval();
  await publishAll();
  const client = await clientFor(mill);
  const before = await client.consortium.sync();
  expect(before).toMatchObject({ ok: true });
  expect(before.ok && before.value.openings.has(later)).toBe(false);
  await runDuty();
  const after = await client.consortium.sync();
  expect(after.ok && after.value.openings.has(later)).toBe(true);
});
