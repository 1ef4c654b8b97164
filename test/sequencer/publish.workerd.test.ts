import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { decodeEntries, entriesPath, splitHashes, tilePath, widthAt } from "@quasarix/shared/log/tile.ts";
import { leafHash, rootOfLeaves } from "@quasarix/shared/log/tree.ts";
import { beforeEach, expect, test } from "vitest";
import { fault } from "../../workers/sequencer/fault.ts";
import { Ledger } from "../../workers/sequencer/ledger.ts";
import { Outbox } from "../../workers/sequencer/outbox.ts";
import { publishStep } from "../../workers/sequencer/publish.ts";
import { emptyLog, env, forgetInterval, inObject, item, items, log, openNote, publishAll, stub } from "./log.ts";

async function object(key: string): Promise<Bytes> {
  const found = await env.LOG_BUCKET.get(`log/${key}`);
  if (!found) throw new Error(`\`log/${key}\` is not in the bucket`);
  return new Uint8Array(await found.arrayBuffer());
}

/** Reads a published size as a stranger does, from the bucket alone. */
async function expectPublished(size: number, note: string): Promise<void> {
  const checkpoint = await openNote(note);
  expect(checkpoint.size).toBe(size);
  const leaves: Bytes[] = [];
  for (let n = 0; n * 256 < size; n++) {
    const width = widthAt(0, n, size);
    const bundle = decodeEntries(await object(entriesPath(n, width)));
    if (!bundle.ok) throw new Error(bundle.failure.reason);
    expect(bundle.value).toHaveLength(width);
    const hashes = bundle.value.map(leafHash);
    expect(splitHashes(await object(tilePath(0, n, width)))).toEqual(hashes);
    leaves.push(...hashes);
  }
  expect(rootOfLeaves(leaves)).toEqual(checkpoint.root);
  for (let n = 0; n < widthAt(1, 0, size); n++) {
    const above = splitHashes(await object(tilePath(1, 0, widthAt(1, 0, size))));
    expect(above[n]).toEqual(rootOfLeaves(leaves.slice(256 * n, 256 * (n + 1))));
  }
}

const latest = async (): Promise<string> => new TextDecoder().decode(await object("checkpoint"));

beforeEach(emptyLog);

test("every published size can be read and verified from the bucket alone", async () => {
  for (const count of [1, 254, 1, 300, 512]) {
    await log().append(items(count, `group of ${count}, `));
    await publishAll();
    await forgetInterval();
    const { size } = await log().status();
    await expectPublished(size, await latest());
    expect(await log().latestPublished()).toBe(await latest());
  }
  const all = await log().published(0, 100);
  for (const { size, note } of all) {
    await expectPublished(size, note);
    expect(new TextDecoder().decode(await object(`checkpoints/${String(size).padStart(16, "0")}`))).toBe(note);
  }
  expect(await log().published(all[1]?.size ?? 0, 1)).toEqual(all.slice(2, 3));
});

test("checkpoints leave at most once a second", async () => {
  const until = Date.now() + 2_500;
  for (let i = 0; Date.now() < until; i++) {
    await log().append([item(`statement ${i}`)]);
    await runDurableObjectAlarm(stub());
  }
  await publishAll();
  const times = await inObject(({ sql }) => [...sql.exec<{ at: number }>("SELECT at FROM published ORDER BY size")]);
  expect(times.length).toBeGreaterThan(2);
  for (const [i, { at }] of times.entries())
    if (i > 0) expect(at - (times[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test("an alarm publishes without being asked, and the status counts what waits", async () => {
  await log().append(items(3));
  const waiting = await log().status();
  for (let i = 0; i < 100 && (await log().status()).outbox > 0; i++) await scheduler.wait(50);
  expect(await log().status()).toMatchObject({ size: 3, published: 3, outbox: 0, oldestOutbox: null, waiting: 0 });
  expect([0, 3]).toContain(waiting.outbox);
});

test("a checkpoint that the bucket already has under another text is not written over", async () => {
  await log().append([item("a")]);
  await publishAll();
  const first = await latest();
  await inObject(({ sql }) => sql.exec("UPDATE checkpoint SET note = note || 'x' WHERE size = 1"));
  await inObject(({ sql }) => sql.exec("DELETE FROM published"));
  expect((await log().status()).outbox).toBe(1);
  expect(await runDurableObjectAlarm(stub())).toBe(true);
  expect((await log().status()).outbox).toBe(1);
  expect(await latest()).toBe(first);
});

test("a backlog longer than one step is uploaded in steps, and no checkpoint leaves before its tiles", async () => {
  await log().append(items(700));
  await log().append(items(500, "more"));
  const steps = await runInDurableObject(stub(), async (_object, { storage }) => {
    const ledger = new Ledger(storage.sql);
    const outbox = new Outbox(storage, ledger);
    storage.sql.exec("DELETE FROM outbox; DELETE FROM published");
    const ports = { bucket: env.LOG_BUCKET, ledger, outbox, fault, now: () => 5 };
    const uploaded: (number | null)[] = [];
    while (ledger.newestPublished()?.size !== 1_200) {
      const publication = outbox.choose(1_200);
      uploaded.push(publication.uploaded);
      await publishStep(ports, publication, 256);
    }
    return uploaded;
  });
  expect(steps).toEqual([0, 256, 512, 768]);
  await expectPublished(1_200, await latest());
});
