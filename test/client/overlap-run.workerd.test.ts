import { ATTEMPTS } from "@quasarix/client/backoff.ts";
import { type OverlapParts, runOverlap } from "@quasarix/client/overlap-run.ts";
import { fromUtf8 } from "@quasarix/shared/bytes.ts";
import type { operatorRows } from "@quasarix/shared/wire/dossier.ts";
import { beforeEach, expect, test } from "vitest";
import type * as z from "zod";
import { clientPorts } from "../workerd-client.ts";
import { worker } from "../workerd-env.ts";
import { duty, newWorld, publish } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";
import { answering, must, overlapParts, rowsIn } from "./overlap-member.ts";

const HEAD = "Site name,Address,Country,Scheme,Audit date,Result\n";
const AUDITED = 'Weberei Müller GmbH,"Hauptstraße 6, 58739 Wickede",Germany,BSCI,2026-01-15,B\n';
const BARE = 'Texteis São Bento,"Rua de São Bartolomeu 41, Serzedelo",Portugal,,,\n';
const FILE = HEAD + AUDITED + BARE;

let world: World;
let birch: Org;

beforeEach(async () => {
  world = await newWorld();
  birch = await world.admit("birch", "member");
  // Software waits for a keyring, which duty publishes.
  await round();
});

async function round(): Promise<void> {
  await duty();
  await publish();
}

/** Statements of this type that the member has in the log. */
async function signed(type: string): Promise<number> {
  const { rows } = await world.json<z.infer<typeof operatorRows>>(
    world.operator,
    "GET",
    "/v1/operator/rows?after=-1&limit=1000",
  );
  return rows.filter((row) => row.type === type && row.subject === birch.id).length;
}

/** Whatever is posted arrives, and the member's machine hears of it only when it sends the very same bytes in a later run. */
async function cutLine(): Promise<OverlapParts> {
  const sent = new Map<string, number>();
  const { host } = clientPorts(birch);
  return overlapParts(birch, {
    fetch: async (url, init) => {
      const body = url.endsWith("/v1/statements") ? fromUtf8(init.body as Uint8Array) : null;
      const answer = await worker.fetch(new Request(url, init));
      const times = body === null ? ATTEMPTS : (sent.get(body) ?? 0);
      if (times >= ATTEMPTS) return answer;
      sent.set(body as string, times + 1);
      await answer.arrayBuffer();
      throw new Error("cut");
    },
    // A checkpoint may have to be waited for, for a second.
    host: { ...host, wait: (ms) => scheduler.wait(Math.min(ms, 100)) },
  });
}

test("a run that was cut off while it listed, or while it handed in audits, is taken up and says nothing twice", async () => {
  const parts = await cutLine();
  const rows = await rowsIn(FILE);
  let cuts = 0;
  for (let known = 0; known === 0; await round()) {
    const run = await runOverlap(parts, rows);
    if (run.ok) known = run.value.claims.known;
    else expect(run.failure.reason).toBe("unreachable");
    if (!run.ok && ++cuts > 2) throw new Error("what was sent before is not what is sent now");
  }
  expect(cuts).toBe(2);
  expect(must(await runOverlap(parts, rows))).toMatchObject({
    matched: 2,
    listed: 0,
    claims: { claimed: 0, known: 1 },
  });
  expect([await signed("listing"), await signed("submission")]).toEqual([1, 1]);
});

test("a row that says something else of an audit than was signed is named, and nothing is edited", async () => {
  const parts = await overlapParts(birch);
  must(await runOverlap(parts, await rowsIn(FILE)));
  await round();
  must(await runOverlap(parts, await rowsIn(FILE)));
  await round();
  const { claims, refused } = must(await runOverlap(parts, await rowsIn(FILE.replace(",B\n", ",C\n"))));
  expect(claims).toEqual({ claimed: 0, known: 0 });
  expect(refused).toMatchObject([{ line: 2, says: expect.stringContaining("not edited") }]);
  expect(await signed("submission")).toBe(1);
});

test("what is intended becomes current by saying so, in one more statement", async () => {
  const parts = await overlapParts(birch);
  must(await runOverlap({ ...parts, relation: "intended" }, await rowsIn(FILE)));
  await round();
  expect(must(await runOverlap({ ...parts, relation: "intended" }, await rowsIn(FILE)))).toMatchObject({ listed: 0 });
  expect(must(await runOverlap(parts, await rowsIn(FILE)))).toMatchObject({ matched: 2, listed: 2 });
  expect(must(await parts.client.routes.listings()).items.map(({ relation }) => relation)).toEqual([
    "current",
    "current",
  ]);
});

test("a row in doubt waits for a person, and goes on as the person says", async () => {
  const parts = await overlapParts(birch);
  must(await runOverlap(parts, await rowsIn(HEAD + AUDITED)));
  await round();
  const cedar = await world.admit("cedar", "member");
  const doubtful = 'Weberei Mueller und Soehne,"Hauptstr. 6a, Wickede (Ruhr)",Germany,SMETA,2026-02-13,\n';
  const rows = await rowsIn(HEAD + doubtful);
  const theirs = await overlapParts(cedar);
  const asked = must(await runOverlap(theirs, rows));
  expect(asked).toMatchObject({
    matched: 0,
    waiting: 0,
    listed: 0,
    doubts: [{ place: { country: "DE" } }],
    claims: { claimed: 0 },
  });
  const site = asked.doubts[0]?.candidates[0]?.site.id as string;
  const answered = must(await runOverlap({ ...theirs, answers: answering(() => site) }, rows));
  expect(answered).toMatchObject({ matched: 1, listed: 1, doubts: [], claims: { claimed: 1 } });
  expect(must(await runOverlap({ ...theirs, answers: answering(() => site) }, rows))).toMatchObject({
    listed: 0,
    claims: { known: 1 },
  });
});

test("a listing that is refused is told, and the rest goes on", async () => {
  const supplier = await world.admit("mill", "supplier");
  const rows = await rowsIn(FILE);
  const { refused } = must(await runOverlap(await overlapParts(supplier), rows));
  expect(refused).toMatchObject([{ line: 0, says: expect.stringContaining("not") }]);
});
