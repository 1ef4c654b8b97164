import { listingOf } from "@quasarix/client/listing-drafts.ts";
import { readRelease } from "@quasarix/shared/benchmark/release-bytes.ts";
import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { look } from "../benchmark/pool.ts";
import { env } from "../workerd-env.ts";
import type { Org } from "../world.ts";
import { below, chance } from "./chance.ts";
import { type Ask, api, type House, house, publishFounding } from "./house.ts";

const isLong = inject("long" as never) as boolean;
const REQUESTS = isLong ? 1_000 : 100;
const CHANGES = isLong ? 200 : 8;
if (isLong) vi.setConfig({ testTimeout: 900_000 });

let made: House;
beforeAll(async () => {
  made = await house();
  await publishFounding(made);
}, 180_000);
afterAll(() => vi.useRealTimers());

const fileAt = ({ plans, cohort }: House): string =>
  `/v1/releases/${plans.published}/${encodeURIComponent(cohort)}/file`;
const memberAt = (at: number): Org => made.pool.members[at % made.pool.members.length] as Org;

/** One file by many names: redundant conditions, other orders, other languages, and what a clever client might add. */
function equalAsk(next: () => number): Ask {
  const extra = [
    "",

    "?path=all",
    "?metric=findings/critical&path=all",
    "?withoutMe=true",
    "?path=all&path=all",
    "?fresh=1",
  ];
  const languages = ["en", "de", "fr;q=0.9"];
  return {
    path: fileAt(made) + (extra[below(next, extra.length)] ?? ""),
    headers: {
      "Accept-Language": languages[below(next, languages.length)] ?? "en",
      "Cache-Control": next() < 0.5 ? "no-cache" : "max-age=0",
    },
  };
}

test(`R9: ${REQUESTS} equal requests give one value a (cell, metric, bin), whoever asks`, async () => {
  const next = chance("r9");
  const values = new Map<string, Set<number>>();
  const tags = new Set<string | null>();
  for (let at = 0; at < REQUESTS; at++) {
    // What is due, if anything ever were again.
    if (at % 25 === 0) await look();
    const answer = await api(memberAt(at), equalAsk(next));
    expect(answer.status).toBe(200);
    tags.add(answer.headers.get("etag"));
    const file = readRelease(new Uint8Array(await answer.arrayBuffer()));
    if (!file.ok) throw new Error(`request ${at}: no release`);
    for (const { path, metric, bins } of file.value.cells)
      for (const [bin, value] of bins.entries()) {
        const name = `${path} ${metric} ${bin}`;
        values.set(name, (values.get(name) ?? new Set()).add(value));
      }
  }
  expect(values.size).toBeGreaterThanOrEqual(5);
  expect(Math.max(...[...values.values()].map((each) => each.size))).toBe(1);
  expect(tags.size).toBe(1);
}, 600_000);

/** Tables that hold what members put into the pool. */
const POOLED = /\b(audits|submissions|statement_bodies|statements|listings|grants|sites|responses|intents)\b/i;

/** The store, and every statement that it is asked to prepare. */
function recorded(target: D1Database, log: string[]): D1Database {
  return new Proxy(target, {
    get(_, key) {
      const value = Reflect.get(target, key, target) as unknown;
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        if (key === "prepare") log.push(String(args[0]));
        const answer = (value as (...all: unknown[]) => object).apply(target, args);
        return key === "withSession" ? recorded(answer as D1Database, log) : answer;
      };
    },
  });
}

test(`R10: a member changes its own ${CHANGES} times; the answers stay as they were, and nothing pooled is read`, async () => {
  const next = chance("r10");
  const [member] = made.pool.members as [Org];
  const log: string[] = [];
  const answers = new Set<string>();
  const all = made.pool.sites.flat();
  for (let at = 0; at < CHANGES; at++) {
    const own = all.filter(() => next() < 0.3);
    if (own.length > 0) await made.pool.world.say(member, listingOf(member.id, { relation: "current", sites: own }));
    for (const path of [fileAt(made), "/v1/releases"]) {
      const answer = await api(member, { path }, { DB: recorded(env.DB, log) });
      answers.add(`${path} ${answer.status} ${await answer.text()}`);
    }
  }
  expect(answers.size).toBe(2);
  expect(log.length).toBeGreaterThan(0);
  expect(log.filter((text) => POOLED.test(text))).toEqual([]);
}, 600_000);
