import type { ReleaseView } from "@quasarix/shared/wire/releases.ts";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import type { ApiSlice } from "../../workers/env.ts";
import { env } from "../workerd-env.ts";
import type { Org } from "../world.ts";
import { below, chance } from "./chance.ts";
import { expected, type Public } from "./file-function.ts";
import { type Ask, api, type House, house, publishFounding } from "./house.ts";
import { publicOf } from "./public-of.ts";
import { type Material, randomAsk } from "./random-asks.ts";

const isLong = inject("long" as never) as boolean;
const isFull = inject("attack" as never) as boolean;
const LONGER = isLong ? 1_000 : 300;
const REQUESTS = isFull ? 10_000 : LONGER;
// A hundred a second, twice.
if (isLong) vi.setConfig({ testTimeout: 900_000 });

let made: House;
let all: Public;
/** What a cursor stands for is its list's: the log index that it goes on from. */
const cursors = new Map<string, number>();

beforeAll(async () => {
  made = await house();
  await publishFounding(made);
  all = await publicOf(made);
}, 180_000);
afterAll(() => vi.useRealTimers());

/** Tables that hold what members put into the pool. A read of them fails. */
const POOLED = /\b(audits|submissions|statement_bodies|statements|listings|grants|sites|responses|intents|votes)\b/i;

function trapped<T extends object>(target: T): T {
  return new Proxy(target, {
    get(_, key) {
      const value = Reflect.get(target, key, target) as unknown;
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (key === "prepare" && POOLED.test(String(args[0]))) throw new Error(`trap: ${String(args[0])}`);
        const answer = value.apply(target, args) as object;
        return key === "withSession" ? trapped(answer) : answer;
      };
    },
  });
}

/** The object may say where plans stand, and nothing else. */
const deaf = (): ApiSlice["RELEASES"] => {
  const stub = { states: (plans: readonly string[]) => env.RELEASES.getByName(env.ORIGIN).states(plans) };
  return { getByName: () => stub } as unknown as ApiSlice["RELEASES"];
};

async function material(): Promise<Material> {
  const hashes = [...all.files.values()].map(({ hash }) => hash);
  const { plans, cohort } = made;
  const there = [...all.files.keys(), ...all.lists.keys(), ...all.records.keys()];
  const escaped = there.map((path) => path.replaceAll("+", "%2B"));
  const none = [
    `/v1/releases/${plans.waiting}/${cohort}/file`,
    `/v1/releases/${plans.published}/2036-Q1/file`,
    `/v1/releases/${plans.published}/${cohort}/cells/all`,
    `/v1/releases/${plans.published}/${cohort}/inputs`,
    `/v1/releases/${plans.published}`,
    `/v1/release-plans/${hashes[0]?.replace(/./, "x")}/file`,
    `/v1/release-plans/${plans.unput}`,
  ];
  for (const [name, list] of all.lists)
    for (const who of made.pool.members.slice(0, 1)) {
      const answer = await api(who, { path: `${name}?limit=1` });
      const { next } = (await answer.json()) as { next: string | null };
      if (next !== null && list[0]) cursors.set(`${who.id} ${name} ${next}`, list[0].index);
    }
  return {
    named: [...there, ...escaped, ...none],
    hashes,
    cursors: [...cursors.keys()].map((it) => it.split(" ")[2] ?? ""),
  };
}

/** What a caller gets, without what tells one request from another. */
async function got(who: Org, ask: Ask, over: Partial<ApiSlice> = {}) {
  const answer = await api(who, ask, over);
  const text = await answer.text();
  const headers = [...answer.headers].filter(([name]) => !["request-id", "date"].includes(name));
  return { status: answer.status, etag: answer.headers.get("etag"), text, headers: JSON.stringify(headers) };
}

function bodyOf({ status, text }: { status: number; text: string }, wanted: unknown): unknown {
  if (status >= 400) return null;
  if (typeof wanted === "string") return text;
  const value = JSON.parse(text) as { items?: unknown; next?: string | null };
  return "next" in value ? { items: value.items, hasNext: value.next !== null } : value;
}

const ownCursors = (who: Org, path: string): ReadonlyMap<string, number> => {
  const [name = ""] = path.split("?");
  const own = [...cursors].filter(([key]) => key.startsWith(`${who.id} ${name} `));
  return new Map(own.map(([key, index]) => [key.split(" ")[2] ?? "", index]));
};

async function expectOfFiles(over: Partial<ApiSlice>, seed: string): Promise<void> {
  const [next, asks] = [chance(seed), await material()];
  const heads = new Map<string, string>();
  const statuses = new Map<number, number>();
  for (let i = 0; i < REQUESTS; i++) {
    const ask = randomAsk(next, asks);
    const who = made.pool.members[below(next, made.pool.members.length)] as Org;
    const wanted = expected(all, ask, ownCursors(who, ask.path));
    const answer = await got(who, ask, over);
    const seen = { status: answer.status, etag: answer.etag, body: bodyOf(answer, wanted.body) };
    expect({ ask, ...seen }).toEqual({ ask, ...wanted });
    const kind = `${answer.status} ${answer.etag} ${answer.status >= 400 ? answer.text.length : ""}`;
    if (answer.etag !== null) expect(heads.get(kind) ?? answer.headers).toBe(answer.headers);
    heads.set(kind, answer.headers);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  }
  expect([...statuses.keys()].toSorted()).toEqual([200, 304, 404, 422]);
}

const size = `${isFull ? "full" : "reduced"} size: ${REQUESTS} requests`;

test(`S6: whoever asks whatever, the answer follows from the published files (${size})`, async () => {
  await expectOfFiles({}, "asked of the real store");
}, 600_000);

test(`S6: the pooled store fails every read, and the answers are the same (${size})`, async () => {
  await expectOfFiles({ DB: trapped(env.DB), RELEASES: deaf() }, "asked of a store that fails");
}, 600_000);

test("S6: the trap is one: what reads the pool fails", async () => {
  const answer = await got(
    made.pool.members[0] as Org,
    { path: `/v1/sites/${made.pool.sites[0]?.[0]}` },
    { DB: trapped(env.DB) },
  );
  expect(answer.status).toBe(500);
});

test("S6: a release's record says nothing that its file's claims do not", async () => {
  const [release] = all.lists.get("/v1/releases") ?? [];
  expect(Object.keys(release?.shown as ReleaseView).toSorted()).toEqual(
    "cohort commitment file index inputs plan publishedAt series statement votes".split(" "),
  );
});
