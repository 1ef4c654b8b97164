import { beforeAll, describe, expect, test } from "vitest";
import type { Org } from "../world.ts";
import { COLUMNS, type Row, TABLE, wantedOf } from "./matrix-table.ts";
import { AT, tokenFor } from "./signed-asks.ts";
import { clock, env, send } from "./small-api.ts";
import { missing, type Stranger, type Street, street } from "./strangers.ts";
import { watched } from "./watched.ts";

let made: Street;
beforeAll(async () => {
  made = await street();
}, 60_000);

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
