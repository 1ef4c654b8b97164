import { JSON_LINES } from "@quasarix/shared/wire/statement.ts";
import fc from "fast-check";
import { beforeAll, expect, inject, test } from "vitest";
import { duty, env, publish } from "../workerd-world.ts";
import { Crowd } from "./crowd.ts";
import { expectDocumented, nameOf, routeOf } from "./documented.ts";
import type { Said } from "./fuzz-bodies.ts";
import { type Ask, requests } from "./fuzz-requests.ts";
import { send } from "./fuzz-send.ts";
import { spoiltStatements } from "./fuzz-sweep.ts";
import { type FuzzWorld, fuzzWorld, requestOf } from "./fuzz-world.ts";
import { PARTS } from "./hostile.ts";
import { AT } from "./signed-asks.ts";

const isLong = inject("long" as never) as boolean;
const RUNS = isLong ? 100_000 : 3_500;
/** Under way at once. */
const CROWD = 16;

let world: FuzzWorld;
beforeAll(async () => {
  world = await fuzzWorld();
}, 60_000);

const counts = new Map<string, number>();
const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

const held: number[] = [];
const mebibytes = (bytes: number) => Math.round(bytes / 1_048_576);
/** What workerd holds in memory, in bytes; 0 where that cannot be read. */
const resident = async (): Promise<number> =>
  (await (env as unknown as { RESIDENT: Fetcher }).RESIDENT.fetch("https://host/")).json();

/** Throws with what was asked: in a crowd fast-check would name another one. */
async function sendOne(ask: Ask): Promise<void> {
  await sendAndCheck(ask).catch((cause: unknown) => {
    throw new Error(`${cause}\nto ${JSON.stringify(ask).slice(0, 5_000)}`, { cause });
  });
}

async function sendAndCheck(ask: Ask): Promise<void> {
  const request = await requestOf(world, ask);
  const asked = new Request(request.url, { method: request.method });
  const answer = await send(request);
  count(String(answer.status));
  count(`${nameOf(routeOf(asked))}: ${answer.ok ? "taken" : "refused"}`);
  await expectDocumented(asked, answer);
}

test(`${RUNS} requests, good and spoilt, get answers that the contract describes`, { timeout: 1_800_000 }, async () => {
  const run = { numRuns: RUNS, endOnFailure: true, ...(isLong ? {} : { seed: 20_261_122 }) };
  const crowd = new Crowd(CROWD);
  let added = 0;
  const sendAndLook = async (ask: Ask) => {
    if (added++ % (RUNS / 10) === 0) held.push(await resident());
    await crowd.add(() => sendOne(ask));
  };
  await fc.assert(fc.asyncProperty(requests(world), sendAndLook), run);
  await crowd.end();
  held.push(await resident());
  console.log(
    `contract fuzz: ${JSON.stringify(Object.fromEntries([...counts].filter(([name]) => /^\d+$/.test(name))))}`,
  );
});

/** Bytes: what 100,000 requests may leave behind once the runtime has its caches; a page kept of each would be 400 MB. */
const GROWTH = 256 * 1_048_576;

test("of all these requests nothing stays in memory", ({ skip }) => {
  const [, , warm, ...later] = held;
  if (!warm || later.includes(0)) return skip("the memory of a process can be read on Linux alone");
  const most = Math.max(...later);
  console.log(
    `contract fuzz: ${mebibytes(warm)} MiB after a fifth of them, at most ${mebibytes(most)} MiB from there on`,
  );
  expect(most - warm).toBeLessThan(GROWTH);
});

const plain = { type: null, body: null, tail: null };

/** Each address of the contract with one place of it spoilt, and the others good. */
function spoiltAddresses(): Ask[] {
  return Object.entries(world.document.paths).flatMap(([template, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [] }]) => {
      const places = template.includes("{path}") ? [{ name: "path", in: "path" }] : parameters;
      return places.flatMap(({ name, in: where }) =>
        PARTS.map((part): Ask => {
          const path = template.replaceAll(/\{(\w+)\}/g, (_, one: string) =>
            one === name ? part : goodName(world, template, one),
          );
          const query = ["purpose=due-diligence", ...(where === "query" ? [`${name}=${part}`] : [])];
          const spoilt = name === "purpose" ? query.slice(1) : query;
          return {
            ...plain,
            method: method.toUpperCase(),
            path: `${path}?${spoilt.join("&")}`,
            auth: { kind: "signed", who: 0 },
          };
        }),
      );
    }),
  );
}

const goodName = ({ known }: FuzzWorld, template: string, name: string): string =>
  (known[`${template} ${name}`] ?? known[name] ?? known["any"])?.[0] as string;

/** One in three of them, unless the run is a long one. */
test("each place of each address, each hostile text in it", { timeout: 120_000 }, async () => {
  const asks = spoiltAddresses().filter((_, i) => isLong || i % 3 === 0);
  console.log(`contract fuzz: ${asks.length} addresses, each spoilt in one place`);
  for (let at = 0; at < asks.length; at += 16) await Promise.all(asks.slice(at, at + 16).map(sendOne));
  expect(asks.length).toBeGreaterThan(300);
});

/** One in four of them, unless the run is a long one. */
test("each claim and each place in the sections of a statement, each hostile value in it", {
  timeout: 240_000,
}, async () => {
  const bulks = new Map<number, Said[]>();
  const some = [...spoiltStatements(world.bases)].filter((_, i) => isLong || i % 4 === 0);
  for (const said of some) bulks.set(said.base, [...(bulks.get(said.base) ?? []), said]);
  for (const all of bulks.values())
    for (let at = 0; at < all.length; at += 100) {
      const body = all.slice(at, at + 100).flatMap((said) => ['{"statement":', said, "}\n"]);
      await sendOne({
        method: "POST",
        path: "/v1/statements",
        type: JSON_LINES,
        body,
        tail: null,
        auth: { kind: "signed", who: 1 },
      });
    }
  console.log(`contract fuzz: ${some.length} statements, each spoilt in one place`);
});

test("every route took some of them, and refused some where it can", () => {
  const routes = Object.entries(world.document.paths).flatMap(([path, rows]) =>
    Object.keys(rows).map((method) => `${method} ${path}`),
  );
  const never = routes.filter((name) => !counts.has(`${name}: taken`));
  // A plan takes more sites than this consortium has, unless the fuzz itself brings enough.
  const wanted = never.filter((name) => name !== "post /v1/release-plans/proposals");
  // A consortium is founded once, and this one is.
  expect(wanted.sort()).toEqual(["get /v1/genesis", "post /v1/genesis"]);
});

test("after all of it the log signs, and intake takes what waits", async () => {
  await publish();
  await duty();
  const health = await (await send(new Request(`${AT}/health`))).json();
  expect(health).toMatchObject({ refusing: null });
});
