import { type OverlapParts, runOverlap } from "@quasarix/client/overlap-run.ts";
import type { operatorRows } from "@quasarix/shared/wire/dossier.ts";
import { beforeEach, expect, test } from "vitest";
import type * as z from "zod";
import { clientPorts } from "../workerd-client.ts";
import { worker } from "../workerd-env.ts";
import { duty, newWorld, publish } from "../workerd-world.ts";
import type { Org, World } from "../world.ts";
import { must, overlapParts, rowsIn } from "./overlap-member.ts";

const HEAD = "Site name,Address,Country,Scheme,Audit date,Result\n";
const AUDITED = 'Weberei Müller GmbH,"Hauptstraße 6, 58739 Wickede",Germany,BSCI,2026-01-15,B\n';
const BARE = 'Texteis São Bento,"Rua de São Bartolomeu 41, Serzedelo",Portugal,,,\n';
const FILE = HEAD + AUDITED + BARE;

let world: World;
let birch: Org;

beforeEach(async () => {
  world = await newWorld();
  birch = await world.admit("birch", "member");
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

/** While `isCut`, the server takes what is sent, and the member's machine does not hear of it. */
async function cutLine(): Promise<{ isCut: boolean; parts: OverlapParts }> {
  const line = { isCut: false };
  const { host } = clientPorts(birch);
  const parts = await overlapParts(birch, {
    fetch: async (url, init) => {
      const answer = await worker.fetch(new Request(url, init));
      if (!line.isCut || !url.endsWith("/v1/statements")) return answer;
      await answer.arrayBuffer();
      throw new Error("cut");
    },
    host: { ...host, wait: async () => {} },
  });
  return Object.assign(line, { parts });
}

test("a run that was cut off while it listed, or while it handed in audits, is taken up and says nothing twice", async () => {
  const line = await cutLine();
  const rows = await rowsIn(FILE);
  line.isCut = true;
  expect(await runOverlap(line.parts, rows)).toMatchObject({ ok: false, failure: { reason: "unreachable" } });
  line.isCut = false;
  expect(must(await runOverlap(line.parts, rows))).toMatchObject({ matched: 0, waiting: 2, claims: { claimed: 0 } });
  await round();
  line.isCut = true;
  expect(await runOverlap(line.parts, rows)).toMatchObject({ ok: false, failure: { reason: "unreachable" } });
  line.isCut = false;
  expect(must(await runOverlap(line.parts, rows))).toMatchObject({ matched: 2, listed: 0, claims: { claimed: 1 } });
  await round();
  expect(must(await runOverlap(line.parts, rows))).toMatchObject({ matched: 2, claims: { claimed: 0, known: 1 } });
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
  expect(refused).toMatchObject([{ line: 2, why: expect.stringContaining("not edited") }]);
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
  expect(asked).toMatchObject({ matched: 0, waiting: 0, listed: 0, toReview: [{ line: 2 }], claims: { claimed: 0 } });
  const site = asked.toReview[0]?.candidates[0]?.site.id as string;
  const answered = must(await runOverlap({ ...theirs, review: () => site }, rows));
  expect(answered).toMatchObject({ matched: 1, listed: 1, toReview: [], claims: { claimed: 1 } });
  expect(must(await runOverlap(theirs, rows))).toMatchObject({ matched: 1, listed: 0, toReview: [] });
});

test("a listing that is refused is told, and the rest goes on", async () => {
  const supplier = await world.admit("mill", "supplier");
  const rows = await rowsIn(FILE);
  const { refused } = must(await runOverlap(await overlapParts(supplier), rows));
  expect(refused).toMatchObject([{ why: expect.stringContaining("a listing was refused") }]);
});
