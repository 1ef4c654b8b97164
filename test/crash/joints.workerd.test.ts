import { fsck } from "@quasarix/client/fsck.ts";
import { intentOf, jointCostOf } from "@quasarix/client/intent-drafts.ts";
import { afterEach, beforeAll, expect, inject, test } from "vitest";
import { settleCosts, stateTerms } from "../../workers/duty/joints.ts";
import { driveOutbox } from "../../workers/duty/outbox.ts";
import { JOINT_PAUSES, type Pause, plantFault, REQUEST_PAUSES } from "../../workers/store/fault.ts";
import { buyers, day, intend, plan } from "../duplicate/buyers.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { env, newWorld } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";
import { dutyPorts, holdDuty } from "./duty-hand.ts";

const isLong = inject("long" as never) as boolean;

let world: World;
let site: string;
let birch: Org;
let cedar: Org;
let windows = 0;

beforeAll(async () => {
  world = await newWorld();
  await holdDuty();
  site = await world.openSite(await world.admit("mill", "supplier"));
  [birch, cedar] = (await buyers(world, ["birch", "cedar", "elm", "fir", "oak"], [site])) as [Org, Org];
}, 60_000);
afterEach(() => plantFault(null));

const one = async <T>(sql: string, ...bound: unknown[]) =>
  (await env.DB.prepare(sql)
    .bind(...bound)
    .first<T>()) as T;

/** As duty closes it, with all that the log holds. */
async function closeNow(): Promise<void> {
  const close = `INSERT INTO discovery_batches (number, closed_at, size) SELECT
    1 + (SELECT count(*) FROM discovery_batches), ?1, 1 + (SELECT max(log_index) FROM statements)`;
  await env.DB.prepare(close).bind(Date.now()).run();
}

/** Two members go together, in a month of their own: plans are told by their months. */
async function joined(): Promise<string> {
  const from = 30 + 62 * windows++;
  const days = { from: day(from), until: day(from) };
  await world.say(birch, intentOf(birch.id, plan(site, days)));
  await closeNow();
  const { answer } = await intend(world, cedar, plan(site, days));
  const id = answer.planned?.plan as string;
  await world.say(cedar, intentOf(cedar.id, plan(site, { ...days, joins: id })));
  await closeNow();
  return id;
}

/** One alarm's part of it. Every look is as if no batch had been looked at; without patience the outbox takes all that is staged. */
async function look(patienceMs = 0): Promise<void> {
  const ports = { ...(await dutyPorts()), patienceMs };
  await driveOutbox(ports);
  await stateTerms(ports, 0);
  await settleCosts(ports);
}

/** The alarm that strikes, and those after it. */
async function struckAt(name: Pause): Promise<boolean> {
  let isReached = false;
  plantFault({
    pause: async (at) => {
      if (at !== name || isReached) return;
      isReached = true;
      throw new Error("planted");
    },
  });
  await look().catch(() => undefined);
  plantFault(null);
  await look(60_000);
  for (let tries = 0; tries < 3; tries++) await look();
  return isReached;
}

const COUNTS = `SELECT (SELECT count(*) FROM joints WHERE plan = ?1) AS terms,
  (SELECT count(*) FROM settlements WHERE plan = ?1) AS shares, (SELECT sum(cents) FROM settlements WHERE plan = ?1) AS cents,
  (SELECT count(*) FROM statements WHERE log_index IS NULL) AS staged`;

// What is placed again after a reply that decides nothing, crash/duty has; costs are looked at where there are any.
const ALL = [...JOINT_PAUSES, ...REQUEST_PAUSES.filter((name) => name !== "append-again")];
// A short run strikes where something is half done.
const WALK = ALL.filter((name) => isLong || /^(commit-joints|round-costs|place|record|acknowledge)$/.test(name));
const OF_COSTS: readonly string[] = ["staged-costs", "share", "charged", "round-costs"];

test.each(WALK)("a duty object that dies at `%s` tells each joiner its terms and its share once", async (name) => {
  const id = await joined();
  if (!OF_COSTS.includes(name)) expect(await struckAt(name)).toBe(true);
  else await look();
  const cost = { amount: "100.01", currency: "EUR" };
  await world.say(world.operator, jointCostOf(world.operator.id, { plan: id, cost, split: "equal" }));
  expect(await struckAt(name)).toBe(true);
  expect(await one(COUNTS, id)).toEqual({ terms: 2, shares: 2, cents: 10_001, staged: 0 });
});

test("and leaves nothing for fsck to say", async () => {
  await forgetInterval();
  await publishAll();
  const report = await fsck(await clientFor(world.operator), () => undefined);
  expect(report).toMatchObject({ ok: true, value: { ahead: 0, staged: 0, faults: [] } });
});
