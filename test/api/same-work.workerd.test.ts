import { beforeAll, describe, expect, test } from "vitest";
import type { Org } from "../world.ts";
import { COLUMNS, type Row, TABLE, wantedOf } from "./matrix-table.ts";
import { AT, tokenFor } from "./signed-asks.ts";
import { clock, env, send } from "./small-api.ts";
import { missing, type Stranger, type Street, street } from "./strangers.ts";

let made: Street;
beforeAll(async () => {
  made = await street();
}, 60_000);

const wordOf = (text: unknown): string => (typeof text === "string" ? text.replaceAll(/\s+/g, " ") : "");

/** The same binding, which writes down what it is asked: the SQL of D1, of the others the calls. */
function watched<T extends object>(target: T, name: string, asked: string[]): T {
  return new Proxy(target, {
    get(_, key) {
      const value = Reflect.get(target, key, target) as unknown;
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        asked.push(`${name}.${String(key)} ${name === "DB" && key === "prepare" ? wordOf(args[0]) : ""}`);
        const answer = value.apply(target, args) as object;
        const isWatched = key === "withSession" || key === "getByName";
        return isWatched ? watched(answer, name, asked) : answer;
      };
    },
  });
}

/** What the Worker asks of its stores to answer this. */
async function workOf(one: Row, who: Org, names: Street["names"]): Promise<string[]> {
  const wanted = await wantedOf(made, one, who, names);
  const headers = new Headers(wanted.body && { "Content-Type": wanted.body.type });
  headers.set("Authorization", `Bearer ${await tokenFor(who.auth, who.id, wanted)}`);
  const request = new Request(AT + wanted.path, { method: wanted.method, headers, body: wanted.body?.text ?? null });
  const asked: string[] = [];
  clock.now = Date.now();
  const answer = await send(request, {
    DB: watched(env.DB, "DB", asked),
    LOG_BUCKET: watched(env.LOG_BUCKET, "R2", asked),
    SEQUENCER: watched(env.SEQUENCER, "SEQUENCER", asked),
  });
  await answer.arrayBuffer();
  return asked;
}

const REFUSED = TABLE.filter(({ looksMissing }) => looksMissing);

describe("refused and missing are the same work: the same statements to the stores, in the same order", () => {
  test.each(REFUSED.map((one, i) => ({ name: `${i + 1}. ${one.route} as ${one.path}`, one })))(
    "$name",
    async ({ one }) => {
      for (const name of COLUMNS.slice(1, 6)) {
        const who = made.strangers[name as Stranger];
        const [real, none] = [await workOf(one, who, made.names), await workOf(one, who, missing())];
        expect(none.length).toBeGreaterThan(1);
        expect([name, real]).toEqual([name, none]);
      }
    },
  );
});
