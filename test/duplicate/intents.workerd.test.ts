import { revokeOf } from "@quasarix/client/drafts.ts";
import { intentOf } from "@quasarix/client/intent-drafts.ts";
import { listingOf } from "@quasarix/client/listing-drafts.ts";
import type { DemandView, IntentMade, IntentView } from "@quasarix/shared/wire/intents.ts";
import type { LedgerView } from "@quasarix/shared/wire/ledger.ts";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { clientFor } from "../workerd-client.ts";
import { closeBatch, duty, env, newWorld, publish } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";
import { buyers, day, intend, plan, refusedIntent, report, SMETA } from "./buyers.ts";

let world: World;
let mill: Org;
let members: Org[];
let sites: Record<"bare" | "audited" | "half" | "planned" | "unlisted", string>;

const items = async <T>(who: Org, path: string): Promise<T[]> =>
  (await world.json<{ items: T[] }>(who, "GET", path)).items;

beforeAll(async () => {
  world = await newWorld();
  mill = await world.admit("mill", "supplier");
  const open = (name: string) => world.openSite(mill, name);
  sites = {
    bare: await open("Bare"),
    audited: await open("Audited"),
    half: await open("Half"),
    planned: await open("Planned"),
    unlisted: await open("Unlisted"),
  };
  const { unlisted: _, ...listed } = sites;
  members = await buyers(world, ["birch", "cedar", "elm", "fir", "oak"], Object.values(listed));
  const [birch, cedar] = members as [Org, Org];
  await world.submit(birch, sites.audited, report(day(-60), ["wages", "working-hours"]));
  await world.submit(cedar, sites.half, report(day(-200), ["wages"]));
  await duty();
  await intend(world, birch, plan(sites.planned, { topics: ["wages"] }));
  await closeBatch();
}, 120_000);

describe("the answer before ordering", () => {
  test("nothing known", async () => {
    const { answer } = await intend(world, members[2] as Org, plan(sites.bare));
    expect(answer).toMatchObject({ detail: "full", says: "nothing-known", usable: null, planned: null });
    expect(answer.asOf).toBeGreaterThan(0);
  });

  test("an audit covers the need: refused, unless a reason is given", async () => {
    const elm = members[2] as Org;
    const need = plan(sites.audited, { topics: ["wages"] });
    const refused = await refusedIntent(world, elm, need);
    expect(refused).toMatchObject({ type: "/problems/already-covered", status: 409 });
    expect(refused.detail).toContain(`${SMETA}, 0-6 months old`);
    const { answer } = await intend(world, elm, need, { reason: { code: "incident", text: "A fire in May." } });
    expect(answer.usable).toEqual({ own: false, covers: "yes", scheme: SMETA, age: "0-6", missing: [] });
  });

  test("an audit that misses something does not stand in the way: a gap audit would do", async () => {
    const { answer } = await intend(world, members[2] as Org, plan(sites.half, { topics: ["wages", "water"] }));
    expect(answer.usable).toEqual({ own: false, covers: "partly", scheme: SMETA, age: "6-12", missing: ["water"] });
  });

  test("one's own audit is one's own", async () => {
    const { detail } = await refusedIntent(world, members[0] as Org, plan(sites.audited, { topics: ["wages"] }));
    expect(detail).toContain("usable");
    const { answer } = await intend(world, members[1] as Org, plan(sites.half, { topics: ["water"] }));
    expect(answer.usable?.own).toBe(true);
  });

  test("another plans one in these days: months and topics, and the plan to join", async () => {
    const { answer } = await intend(world, members[2] as Org, plan(sites.planned));
    expect(answer.says).toBe("planned");
    expect(answer.planned).toEqual({
      plan: expect.stringMatching(/^.{43}$/),
      from: day(30).slice(0, 7),
      until: day(60).slice(0, 7),
      schemes: [SMETA],
      topics: ["wages"],
    });
  });

  test("what others did since the last batch is not heard yet", async () => {
    const [, , elm, fir, oak] = members as [Org, Org, Org, Org, Org];
    await intend(world, fir, plan(sites.bare, { from: day(200), until: day(230) }));
    const { answer } = await intend(world, oak, plan(sites.bare, { from: day(200), until: day(230) }));
    expect(answer.planned).toBeNull();
    await closeBatch();
    const own = await items<IntentView>(oak, "/v1/intents");
    expect(own.map((one) => [one.site, one.state, one.answer?.says])).toEqual([[sites.bare, "standing", "planned"]]);
    expect((await items<IntentView>(elm, "/v1/intents")).length).toBeGreaterThan(1);
  });
});

describe("what is refused", () => {
  const [NOWHERE, ELSE] = [`site_${"A".repeat(22)}`, "A".repeat(43)];
  test.each([
    { what: "a site that is not on the list", claims: () => plan(sites.unlisted), says: "not-on-your-list" },
    { what: "a site that does not exist", claims: () => plan(NOWHERE), says: "no such site" },
    { what: "a window that is over", claims: () => plan(sites.bare, { from: day(-9), until: day(-2) }), says: "ahead" },
    { what: "a plan that is none", claims: () => plan(sites.bare, { joins: ELSE }), says: "no such plan to join" },
    {
      what: "a gap in an audit that it may not know of",
      claims: () => plan(sites.half, { kind: "gap", covers: ELSE, topics: ["water"] }),
      says: "no such audit of this site",
    },
    {
      what: "a change of nothing",
      claims: () => plan(sites.bare),
      why: { replaces: ELSE },
      says: "no intent of yours",
    },
  ])("$what", async ({ claims, why, says }) => {
    const { type, detail } = await refusedIntent(world, members[3] as Org, claims(), why);
    expect(`${type} ${detail}`).toContain(says);
  });

  test("another type, at the address of intents", async () => {
    const statement = await world.issue(
      members[3] as Org,
      listingOf((members[3] as Org).id, { relation: "current", sites: [] }),
    );
    await expect(world.json(members[3] as Org, "POST", "/v1/intents", { statement })).rejects.toThrow("not-an-intent");
  });

  test("whoever sells: a supplier plans no audit of another's", async () => {
    expect(await refusedIntent(world, mill, plan(sites.bare))).toMatchObject({ status: 404 });
  });
});

describe("what becomes of an intent", () => {
  test("changed and withdrawn ones stay on the own list, and nobody else's page shows them", async () => {
    const [, , , fir, oak] = members as [Org, Org, Org, Org, Org];
    const first = await intend(world, oak, plan(sites.half, { topics: ["water"] }));
    const changed = await intend(world, oak, plan(sites.half, { topics: ["air"] }), {
      replaces: first.receipt.statementHash,
    });
    await world.say(oak, revokeOf(oak.id, changed.receipt.statementHash));
    const states = (await items<IntentView>(oak, "/v1/intents")).slice(-2).map(({ state, plan: id }) => [state, id]);
    expect(states).toEqual([
      ["changed", null],
      ["withdrawn", null],
    ]);
    expect((await world.get(fir, `/v1/intents/${first.receipt.statementHash}`)).status).toBe(404);
    expect((await world.get(oak, `/v1/intents/${first.receipt.statementHash}`)).status).toBe(200);
  });

  test("an intent that is sent again has the same receipt, and takes nothing of the allowance", async () => {
    const fir = members[3] as Org;

    const statement = await world.issue(fir, intentOf(fir.id, plan(sites.bare, { from: day(300), until: day(310) })));
    const send = () => world.json<IntentMade>(fir, "POST", "/v1/intents", { statement });
    expect((await send()).receipt).toEqual((await send()).receipt);
  });
});

test("the SDK takes the same way as the command line: said with a checked receipt, then its answer", async () => {
  await publish();
  const fir = members[3] as Org;
  const client = await clientFor(fir);
  const author = client.author({ org: fir.id, signer: fir.record });
  const said = await author.say(intentOf(fir.id, plan(sites.planned, { from: day(45), until: day(55) })));
  if (!said.ok) throw new Error(JSON.stringify(said.failure));
  const view = await client.routes.intent(said.value.statementHash);
  expect(view).toMatchObject({ ok: true, value: { state: "standing", answer: { says: "planned" } } });
  expect((await client.routes.joints()).ok && (await (await clientFor(mill)).routes.demand()).ok).toBe(true);
});

test("intents that are refused because an audit covers them are counted: nobody asks on for nothing", async () => {
  const birch = members[0] as Org;
  const used = "SELECT sum(n) AS n FROM allowance_uses WHERE org = ?1 AND kind = 'intent'";
  const spent = (await env.DB.prepare(used).bind(birch.id).first<{ n: number }>())?.n ?? 0;
  const need = plan(sites.audited, { topics: ["wages"] });
  expect((await refusedIntent(world, birch, need)).status).toBe(409);
  expect((await env.DB.prepare(used).bind(birch.id).first<{ n: number }>())?.n).toBe(spent + 1);
  await env.DB.prepare(
    "UPDATE allowance_uses SET n = n + ?2 WHERE rowid = (SELECT max(rowid) FROM allowance_uses WHERE org = ?1)",
  )
    .bind(birch.id, 200 - spent - 1)
    .run();
  expect((await refusedIntent(world, birch, need)).type).toBe("/problems/limit-reached");
  expect((await refusedIntent(world, birch, plan(sites.bare))).type).toBe("/problems/limit-reached");
  await env.DB.prepare("UPDATE allowance_uses SET n = 1 WHERE org = ?1 AND kind = 'intent'").bind(birch.id).run();
});

test("why audits were ordered anyway is counted over five members, and told of nobody", async () => {
  const counted = async () => (await world.json<LedgerView>(members[0] as Org, "GET", "/v1/ledger")).anyway;
  const need = plan(sites.audited, { topics: ["wages"], from: day(90), until: day(100) });
  for (const who of members.filter(({ name }) => name !== "elm" && name !== "oak"))
    await intend(world, who, need, { reason: { code: "incident" } });
  await closeBatch();
  await duty();
  expect(await counted()).toEqual([]);
  await intend(world, members[4] as Org, need, { reason: { code: "incident", text: "Smoke again." } });
  await closeBatch();
  await vi.waitFor(async () => expect(await counted()).toHaveLength(1), { timeout: 20_000, interval: 100 });
  expect(await counted()).toEqual([{ code: "incident", says: "Something happened at the site since.", times: 5 }]);
});

test("the supplier hears by when and what about: no names, and not how many", async () => {
  await closeBatch();
  const demand = await items<DemandView>(mill, "/v1/demand");
  const planned = demand.find(({ site }) => site === sites.planned);
  expect(planned).toEqual({ site: sites.planned, by: day(60).slice(0, 7), topics: ["wages"] });
  expect(await items<DemandView>(members[0] as Org, "/v1/demand")).toEqual([]);
});
