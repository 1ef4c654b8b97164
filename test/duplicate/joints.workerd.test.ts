import { runInDurableObject } from "cloudflare:test";
import { revokeOf } from "@quasarix/client/drafts.ts";
import { fsck } from "@quasarix/client/fsck.ts";
import { jointCostOf, jointNamesOf } from "@quasarix/client/intent-drafts.ts";
import type { JointCost } from "@quasarix/shared/duplicate/join.ts";
import type { IntentView } from "@quasarix/shared/wire/intents.ts";
import type { JointView, OperatorJoint } from "@quasarix/shared/wire/joints.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { lastBatch } from "../../workers/store/batches.ts";
import { primaryDb } from "../../workers/store/db.ts";
import { forgetInterval, publishAll } from "../sequencer/log.ts";
import { clientFor } from "../workerd-client.ts";
import { dutyStub } from "../workerd-env.ts";
import { closeBatch, duty, env, newWorld } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";
import { buyers, day, intend, plan } from "./buyers.ts";

let world: World;
let site: string;
let members: readonly [Org, Org, Org, Org, Org];
let id: string;

const items = async <T>(who: Org, path: string): Promise<T[]> =>
  (await world.json<{ items: T[] }>(who, "GET", path)).items;
const jointOf = async (who: Org): Promise<JointView | undefined> => (await items<JointView>(who, "/v1/joints")).at(-1);

/** Until the batch is closed, and what it makes due is stated: an alarm that went off by itself may be in the midst of it. */
async function batch(): Promise<void> {
  await closeBatch();
  const { number } = await lastBatch(primaryDb(env.DB));
  const done = () => runInDurableObject(dutyStub(), (_, { storage }) => storage.get<number>("joints"));
  await until(async () => ((await done()) ?? 0) >= number);
}

/** Duty, until this is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await isSo()) return;
    await duty();
    await scheduler.wait(20);
  }
  throw new Error("duty did not get there");
}

const cost = (over: Partial<JointCost> = {}): JointCost => ({
  plan: id,
  cost: { amount: "3600.01", currency: "EUR" },
  split: "equal",
  ...over,
});

const record = (claims: JointCost) => world.say(world.operator, jointCostOf(world.operator.id, claims));

beforeAll(async () => {
  world = await newWorld();
  const mill = await world.admit("mill", "supplier");
  site = await world.openSite(mill);
  members = (await buyers(world, ["birch", "cedar", "elm", "fir", "oak"], [site])) as [Org, Org, Org, Org, Org];
  const [birch, cedar, elm] = members;
  await intend(world, birch, plan(site, { topics: ["wages"] }));
  await batch();
  const { answer } = await intend(world, cedar, plan(site, { topics: ["water"], from: day(40), until: day(80) }));
  id = answer.planned?.plan as string;
  const joins = { joins: id, topics: ["water"], from: day(40), until: day(80) };
  const [first] = await items<IntentView>(cedar, "/v1/intents");
  await intend(world, cedar, plan(site, joins), { replaces: first?.intent as string });
  await intend(world, elm, plan(site, { joins: id, topics: ["wages", "air"], from: day(20), until: day(50) }));
  await batch();
}, 120_000);

describe("a joint audit", () => {
  test("each joiner hears the days that suit all and every topic, and nothing of the others", async () => {
    const [birch, cedar, elm] = members;
    for (const who of [birch, cedar, elm]) {
      const view = await jointOf(who);
      expect(view).toMatchObject({ plan: id, site, from: day(40), until: day(50), topics: ["air", "wages", "water"] });
      expect(view).toMatchObject({ state: "standing", share: null, named: null, joiners: null });
      expect((await world.get(who, `/v1/statements/${view?.statement}`)).status).toBe(200);
    }
    expect(await jointOf(members[3])).toBeUndefined();
  });

  test("what the platform stated is read by its joiner alone", async () => {
    const view = await jointOf(members[0]);
    expect((await world.get(members[1], `/v1/statements/${view?.statement}`)).status).toBe(404);
  });

  test("the log grew by a power of two: nobody counts the joiners by it", async () => {
    const { results } = await env.DB.prepare(
      "SELECT admitted_at, count(*) AS n FROM statements WHERE type = 'joint' AND issuer = ?1 GROUP BY staged_at",
    )
      .bind(env.ORIGIN)
      .all<{ n: number }>();
    expect(new Set(results.map(({ n }) => n))).toEqual(new Set([8]));
  });

  test("nobody but the operator sees who is in, and whom to invoice", async () => {
    const [birch, cedar, elm] = members;
    const [seen] = await items<OperatorJoint>(world.operator, "/v1/operator/joints");
    expect(seen?.joiners.map(({ org }) => org)).toEqual([birch.id, cedar.id, elm.id].sort());
    expect((await world.get(birch, "/v1/operator/joints")).status).toBe(404);
  });

  test("names appear once every joiner has said yes, and go when one takes it back", async () => {
    const [birch, cedar, elm, fir] = members;
    await world.say(birch, jointNamesOf(birch.id, id));
    const yes = await world.say(cedar, jointNamesOf(cedar.id, id));
    await batch();
    expect((await jointOf(birch))?.joiners).toBeNull();
    await world.say(elm, jointNamesOf(elm.id, id));
    expect((await jointOf(birch))?.joiners).toBeNull();
    await batch();
    expect((await jointOf(birch))?.joiners).toEqual([cedar.id, elm.id].sort());
    await world.say(cedar, revokeOf(cedar.id, yes.statementHash));
    expect((await jointOf(birch))?.joiners).toBeNull();
    await expect(world.say(fir, jointNamesOf(fir.id, id))).rejects.toThrow("no joint audit of yours");
  });
});

describe("its cost", () => {
  test.each([
    { what: "of no plan", claims: () => cost({ plan: "A".repeat(43) }), says: "no joint audit" },
    {
      what: "by weights that leave one out",
      claims: () => cost({ split: "weights", weights: { [members[0].id]: 1 } }),
      says: "every joiner",
    },
    { what: "by weights without any", claims: () => cost({ split: "weights" }), says: "weights" },
  ])("is refused $what", async ({ claims, says }) => {
    await expect(record(claims())).rejects.toThrow(says);
  });

  test("is the secretariat's to record", async () => {
    await expect(world.say(members[0], jointCostOf(members[0].id, cost()))).rejects.toThrow();
  });

  test("is split to the cent, each share stated to its joiner alone, and recorded once", async () => {
    const receipt = await record(cost());
    await expect(record(cost())).rejects.toThrow("recorded already");
    await until(async () => (await jointOf(members[2]))?.share != null && (await jointOf(members[0]))?.share != null);
    const shares = await Promise.all(members.slice(0, 3).map(async (who) => (await jointOf(who))?.share));
    expect(shares.map((share) => share?.amount).sort()).toEqual(["1200.00", "1200.00", "1200.01"]);
    expect(new Set(shares.map((share) => share?.split))).toEqual(new Set(["equal"]));
    for (const [i, share] of shares.entries()) {
      const own = (await (await world.get(members[i] as Org, `/v1/statements/${share?.statement}`)).json()) as object;
      expect(JSON.stringify(own)).not.toContain("3600");
    }
    const [seen] = await items<OperatorJoint>(world.operator, "/v1/operator/joints");
    expect(seen?.cost).toMatchObject({ statement: receipt.statementHash, amount: "3600.01" });
    expect(seen?.joiners.map(({ share }) => share).sort()).toEqual(["1200.00", "1200.00", "1200.01"]);
  });

  test("nobody joins once it is settled, and nothing is stated anew", async () => {
    const [, , , fir] = members;
    const before = await jointOf(members[0]);
    await expect(intend(world, fir, plan(site, { joins: id }))).rejects.toThrow("no such plan");
    await batch();
    expect(await jointOf(members[0])).toEqual(before);
  });
});

describe("a joint audit that changes", () => {
  test("whoever withdraws before it begins is out, and the other hears that it is over", async () => {
    const [, , , fir, oak] = members;
    const days = { from: day(200), until: day(220) };
    await intend(world, fir, plan(site, days));
    await batch();
    const { answer } = await intend(world, oak, plan(site, { ...days, topics: ["air"] }));
    const joined = await intend(
      world,
      oak,
      plan(site, { ...days, joins: answer.planned?.plan as string, topics: ["air"] }),
    );
    await batch();
    expect((await jointOf(fir))?.state).toBe("standing");
    await world.say(oak, revokeOf(oak.id, joined.receipt.statementHash));
    await batch();
    expect([(await jointOf(fir))?.state, (await jointOf(oak))?.state]).toEqual(["over", "over"]);
  });
});

test("fsck finds every row of it where the log says so", async () => {
  await forgetInterval();
  await publishAll();
  const faults = async () => {
    const report = await fsck(await clientFor(world.operator), () => undefined);
    return report.ok ? report.value.faults.length : report.failure;
  };
  expect(await faults()).toBe(0);
  await env.DB.prepare("DELETE FROM settlements").run();
  expect(await faults()).toBe(3);
});
