import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { auditOf } from "@quasarix/client/drafts.ts";
import { fsck } from "@quasarix/client/fsck.ts";
import type { Problem } from "@quasarix/shared/wire/problem.ts";
import type { LineAnswer } from "@quasarix/shared/wire/statement.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { newPlace, type Place, published } from "../fsck/place.ts";
import { clientFor } from "../workerd-client.ts";
import { env, sequencerStub } from "../workerd-env.ts";
import { auditContent } from "../world.ts";
import { runDuty } from "./duty-hand.ts";

const TABLES = ["head", "entry", "tile", "dossier", "appended", "checkpoint", "published", "outbox"];

/** Copies of the object's tables under this name. */
const backUp = (name: string): Promise<void> =>
  runInDurableObject(sequencerStub(), (_object, { storage: { sql } }) => {
    for (const table of TABLES) sql.exec(`CREATE TABLE ${name}_${table} AS SELECT * FROM ${table}`);
  });

/** What a point-in-time restore does: the object is of yesterday, everything around it of today. */
async function restore(name: string): Promise<void> {
  await runInDurableObject(sequencerStub(), (_object, { storage: { sql } }) => {
    for (const table of TABLES) sql.exec(`DELETE FROM ${table}`);
    for (const table of TABLES) sql.exec(`INSERT INTO ${table} SELECT * FROM ${name}_${table}`);
  });
  await evictDurableObject(sequencerStub());
}

async function loseAll(): Promise<void> {
  await runInDurableObject(sequencerStub(), (_object, { storage: { sql } }) => {
    for (const table of TABLES) sql.exec(`DROP TABLE ${table}`);
  });
  await evictDurableObject(sequencerStub());
}

const headSize = (): Promise<number> =>
  runInDurableObject(sequencerStub(), (_object, { storage: { sql } }) =>
    Number(sql.exec("SELECT size FROM head").one()["size"]),
  );

const PUBLISHED = "/v1/log/checkpoints?after=-1&limit=1";
let place: Place;
let today: number;

beforeEach(async () => {
  place = await newPlace();
  await backUp("yesterday");
});

const audit = () => place.world.issue(place.firm, auditOf(place.site, "auditor-signed", auditContent()));
const send = (text: string) =>
  place.world.send(
    place.firm,
    "POST",
    "/v1/statements",
    new TextEncoder().encode(JSON.stringify({ statement: text })) as Uint8Array<ArrayBuffer>,
    "application/json",
  );

/** Refuses to everybody, in every form, and says why. */
async function expectRefusal(where: "published" | "anchor", theirs: number): Promise<void> {
  const before = await headSize();
  const why = `its ${where} checkpoint has size ${theirs}, it has ${before}`;
  const latest = await (await env.LOG_BUCKET.get("log/checkpoint"))?.text();
  const text = await audit();
  const single = await send(text);
  expect(single.status).toBe(503);
  expect(await single.json<Problem>()).toMatchObject({ type: "/problems/log-refuses", detail: why });
  const [line] = await place.world.lines("/v1/statements", [await audit()], place.firm);
  expect(line as LineAnswer).toMatchObject({ problem: { status: 503, type: "/problems/log-refuses", detail: why } });
  const health = await place.world.open("/health");
  expect(health.status).toBe(503);
  const { refusing } = await health.json<{ refusing: string }>();
  expect(refusing).toContain(`size ${theirs}, ours has ${before}`);
  expect(await headSize()).toBe(before);
  expect(await (await env.LOG_BUCKET.get("log/checkpoint"))?.text()).toBe(latest);
}

describe("the log that fell behind what it had shown signs nothing", () => {
  test("where the bucket knows more: a restore to before a publication", async () => {
    await place.world.audit(place.firm, place.site, auditContent());
    await published();
    today = await headSize();
    await restore("yesterday");
    await expectRefusal("published", today);
  });

  test("where only the database knows more: a restore to before a receipt that was never published", async () => {
    await place.world.audit(place.firm, place.site, auditContent());
    today = await headSize();
    await restore("yesterday");
    await expectRefusal("anchor", today);
  });

  test("where the object is a fresh one", async () => {
    const [first] = (await place.world.json<{ checkpoints: { size: number }[] }>(null, "GET", PUBLISHED)).checkpoints;
    await loseAll();
    await expectRefusal("published", first?.size ?? 0);
  });
});

test("once the right state is back, what was acknowledged is there and what was refused meanwhile is logged once", async () => {
  const acknowledged = await audit();
  const receipt = await (await send(acknowledged)).json();
  await published();
  await backUp("today");
  await restore("yesterday");
  const refused = await audit();
  expect((await send(refused)).status).toBe(503);
  await restore("today");
  await runDuty();
  expect(await (await send(acknowledged)).json()).toEqual(receipt);
  const late = await (await send(refused)).json();
  expect(late).toHaveProperty("proof");
  expect(await (await send(refused)).json()).toEqual(late);
  await published();
  const report = await fsck(await clientFor(place.world.operator), () => undefined);
  expect(report).toMatchObject({ ok: true, value: { ahead: 0, staged: 0, faults: [] } });
});
