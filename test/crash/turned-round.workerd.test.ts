import { withdrawalOf } from "@quasarix/client/discovery-drafts.ts";
import { auditOf, rulebookOf, termsOf } from "@quasarix/client/drafts.ts";
import { FIRST_RULEBOOK } from "@quasarix/shared/policy/rulebook.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { plantFault } from "../../workers/store/fault.ts";
import { env, newWorld } from "../workerd-world.ts";
import { auditContent, type Org, type World } from "../world.ts";
import { holdDuty, runDuty } from "./duty-hand.ts";

let world: World;
let mill: Org;
let site: string;

beforeEach(async () => {
  world = await newWorld();
  await holdDuty();
  mill = await world.admit("mill", "supplier");
  site = await world.openSite(mill);
});
afterEach(() => plantFault(null));

type Saying = Parameters<World["say"]>[1];

/** Said twice, then the first revoked; the second is sequenced before the revocation and recorded after it. */
async function revokedBetween(saying: Saying, around: () => Promise<void>): Promise<void> {
  const first = await world.say(mill, saying);
  const again = await world.issue(mill, saying);
  await holdDuty();
  plantFault({ pause: (at) => (at === "record" ? Promise.reject(new Error("planted")) : Promise.resolve()) });
  await expect(world.json(mill, "POST", "/v1/statements", { statement: again })).rejects.toThrow();
  plantFault(null);
  await world.revoke(mill, first.statementHash);
  await around();
  await runDuty();
}

const revokedOf = async (table: string): Promise<boolean[]> => {
  const rows = await env.DB.prepare(`SELECT revoked_index AS at FROM ${table} ORDER BY log_index`).all<{
    at: number;
  }>();
  return rows.results.map(({ at }) => at !== null);
};

test("terms that are recorded after their revocation open nothing again", async () => {
  const birch = await world.admit("birch", "member");
  const { statementHash: audit } = await world.say(mill, auditOf(site, "supplier-signed", auditContent()));
  const { statement: _, ...rules } = FIRST_RULEBOOK;
  const pool = await world.say(world.operator, rulebookOf(env.ORIGIN, { ...rules, mode: "pool" }));
  const read = async () => (await world.get(birch, `/v1/audits/${audit}?purpose=due-diligence`)).status;
  const saying = termsOf(mill.id, { site, rulebook: pool.statementHash });
  await revokedBetween(saying, async () => expect(await read()).toBe(404));
  expect(await revokedOf("terms")).toEqual([true, true]);
  expect(await read()).toBe(404);
  // What is signed after the revocation is a new yes.
  await world.say(mill, saying);
  expect(await revokedOf("terms")).toEqual([true, true, false]);
  expect(await read()).toBe(200);
});

test("nor does a withdrawal from discovery come back", async () => {
  await revokedBetween(withdrawalOf(mill.id, { site }), async () => {});
  expect(await revokedOf("discovery_withdrawals")).toEqual([true, true]);
});
