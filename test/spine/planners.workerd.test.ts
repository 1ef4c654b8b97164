import { intentOf, jointCostOf } from "@quasarix/client/intent-drafts.ts";
import type { IntentView } from "@quasarix/shared/wire/intents.ts";
import { afterEach, expect, test, vi } from "vitest";
import { buyers, plan, report } from "../duplicate/buyers.ts";
import { loadDice, seededDice } from "../seeded-dice.ts";
import { closeBatch, duty, newWorld, publish } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";

/** Far ahead of the machine's clock, so that no alarm goes off but those that the test sets off. */
const NOON = 1_990_000_000_000;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Which of the others hold the audit, plan one and join. */
type Who = readonly ("birch" | "cedar")[];

interface Played {
  readonly world: World;
  readonly mill: Org;
  readonly reader: Org;
  readonly others: readonly [Org, Org];
  /** What the reader was told when it asked, and its joint audit before and after the cost was recorded. */
  readonly told: Record<string, string>;
}

/** Hashes stand for statements of others, which differ; ids of members and sites stay. */
const named = (text: string) => text.replaceAll(/(?<![\w-])[\w-]{43}(?![\w-])/g, "<hash>");

async function body(world: World, who: Org, method: string, path: string, sent?: object): Promise<string> {
  const bytes = sent && new TextEncoder().encode(JSON.stringify(sent));
  const response = await world.send(who, method, path, bytes, "application/json");
  return `${response.status} ${(await response.text()).replace(/"request-id":"[^"]*"/, "")}`;
}

async function later(): Promise<void> {
  vi.setSystemTime(Date.now() + 3_000);
  await closeBatch();
  await duty();
  await publish();
}

/** The answer alone: the receipt beside it has the statement's place, which tells how long the log is. */
async function answerTo(
  world: World,
  who: Org,
  ...said: Parameters<typeof intentOf> extends [string, ...infer T] ? T : never
) {
  const text = await body(world, who, "POST", "/v1/intents", {
    statement: await world.issue(who, intentOf(who.id, ...said)),
  });
  const at = text.indexOf('"answer":');
  return at < 0 ? text : text.slice(at);
}

async function play(who: Who): Promise<Played> {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  const dice = seededDice("planners");
  loadDice(dice);
  const world = await newWorld({ random: (length) => dice(length) });
  const mill = await world.admit("mill", "supplier");
  const sites = [
    await world.openSite(mill, "Mill 1"),
    await world.openSite(mill, "Mill 2"),
    await world.openSite(mill, "Mill 3"),
  ];
  const [one, two, three] = sites as [string, string, string];
  const [reader, birch, cedar] = (await buyers(world, ["reader", "birch", "cedar", "elm", "fir"], sites)) as [
    Org,
    Org,
    Org,
  ];
  const those = [birch, cedar].filter(({ name }) => who.includes(name as Who[number]));
  for (const member of those) await world.submit(member, one, report("2032-12-01", ["wages"]));
  for (const member of those) await world.say(member, intentOf(member.id, plan(two, { topics: ["wages"] })));
  await later();
  const told: Record<string, string> = {
    covered: await answerTo(world, reader, plan(one, { topics: ["wages"] })),
    usable: await answerTo(world, reader, plan(one, { topics: ["wages", "water"] })),
    planned: await answerTo(world, reader, plan(two)),
    nothing: await answerTo(world, reader, plan(three, { topics: ["air"] })),
  };
  await later();
  const own = JSON.parse((await body(world, reader, "GET", "/v1/intents")).slice(4)) as { items: IntentView[] };
  const begun = own.items.find(({ site }) => site === three)?.plan as string;
  for (const member of those)
    await world.say(member, intentOf(member.id, plan(three, { joins: begun, topics: ["water"] })));
  await later();
  told["joint"] = await body(world, reader, "GET", "/v1/joints");
  const cost = { plan: begun, cost: { amount: "3600.00", currency: "EUR" }, split: "equal" as const };
  await world.say(world.operator, jointCostOf(world.operator.id, cost));
  await later();
  told["share"] = await body(world, reader, "GET", "/v1/joints");
  return { world, mill, reader, others: [birch, cedar], told };
}

/** What reader and supplier can fetch of all this. */
async function seenOf({ world, mill, reader, told }: Played): Promise<Record<string, string>> {
  const seen: Record<string, string> = { ...told };
  for (const path of ["intents", "joints", "demand", "audits?purpose=due-diligence", "sites"])
    seen[path] = await body(world, reader, "GET", `/v1/${path}`);
  seen["demand of the mill"] = await body(world, mill, "GET", "/v1/demand");
  return Object.fromEntries(Object.entries(seen).map(([name, text]) => [name, named(text)]));
}

test("answers, joint audits and demand are the same bytes whichever other member holds, plans and joins", async () => {
  const played = await play(["birch"]);
  const [seen, swapped] = [await seenOf(played), await seenOf(await play(["cedar"]))];
  expect(swapped).toEqual(seen);
  expect(seen["covered"]).toContain("already-covered");
  expect(seen["usable"]).toContain('"missing":["water"]');
  expect(seen["planned"]).toContain('"plan":"<hash>"');
  expect(seen["nothing"]).toContain("nothing-known");
  expect(seen["joint"]).toContain('"topics":["air","water"]');
  expect(seen["share"]).toContain('"amount":"1800.00"');
  expect(seen["demand of the mill"]).toContain('"by":"2033-');
  for (const text of Object.values(seen)) for (const { id } of played.others) expect(text).not.toContain(id);
});

test("however many hold, plan and join, they are the same bytes too, but for the share", async () => {
  const { share: _, joints: __, ...one } = await seenOf(await play(["birch"]));
  const { share, joints: ___, ...both } = await seenOf(await play(["birch", "cedar"]));
  expect(both).toEqual(one);
  expect(share).toContain('"amount":"1200.00"');
});
