import { evictDurableObject } from "cloudflare:test";
import type { AppendReceipts, AppendReply } from "@quasarix/shared/log/append.ts";
import { verifyConsistency, verifyInclusion } from "@quasarix/shared/log/proof.ts";
import { splitHashes } from "@quasarix/shared/log/tile.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { plantFault } from "../../workers/sequencer/fault.ts";
import {
  appendSurely,
  emptyLog,
  essence,
  expectReceipts,
  inObject,
  item,
  items,
  log,
  openNote,
  secondWriter,
  stub,
  thrownBy,
} from "./log.ts";

const receipts = (reply: AppendReply): AppendReceipts => {
  if (!reply.ok) throw new Error(`refused: ${reply.reason}`);
  return reply;
};

const count = (table: string): Promise<number> =>
  inObject(({ sql }) => sql.exec<{ n: number }>(`SELECT count(*) AS n FROM ${table}`).one().n);

beforeEach(emptyLog);

describe("append", () => {
  test("gives each item of 700 a receipt that proves it, over three dossiers", async () => {
    const wanted = items(700);
    const reply = receipts(await log().append(wanted));
    await expectReceipts(wanted, reply);
    expect(reply.appended.map(({ index }) => index)).toEqual(wanted.map((_, i) => i));
    expect(reply.head).toMatchObject({ size: 700, root: (await openNote(reply.checkpoints[0] as string)).root });
  });

  test("goes on with every dossier in the next group and after an eviction", async () => {
    await log().append([item("a", 1), item("b", 2)]);
    await evictDurableObject(stub());
    const reply = receipts(await log().append([item("c", 2), item("d", 1), item("e", 2)]));
    expect(reply.appended.map(({ seq }) => seq)).toEqual([1, 1, 2]);
    await expectReceipts([item("c", 2), item("d", 1), item("e", 2)], reply);
  });

  test("takes a call that is longer than a group whole", async () => {
    const reply = receipts(await log().append(items(1_500)));
    expect(reply.appended.at(-1)).toMatchObject({ index: 1_499, checkpoint: 0 });
  });

  test("answers no items with no receipts", async () => {
    expect(receipts(await log().append([])).appended).toEqual([]);
    expect((await log().status()).size).toBe(0);
  });

  test("refuses to be asked for a hash of another length", async () => {
    const short = { ...item("a"), K: new Uint8Array(31) };
    expect(await thrownBy((own) => own.append([short]))).toContain("32 bytes");
  });

  test("coalesces calls that wait at the same time into few groups", async () => {
    const replies = await Promise.all(items(200).map((one) => log().append([one])));
    expect(new Set(replies.map((reply) => receipts(reply).appended[0]?.index)).size).toBe(200);
    expect(await count("checkpoint")).toBeLessThan(20);
  });
});

describe("the same statement again", () => {
  test("is one entry when it is twice in one call", async () => {
    const wanted = [item("a"), item("b"), item("a")];
    const reply = receipts(await log().append(wanted));
    await expectReceipts(wanted, reply);
    expect(reply.appended[2]).toEqual(reply.appended[0]);
    expect(reply.head.size).toBe(2);
  });

  test("is one entry and one receipt when 50 callers send it at once", async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => log().append([item("a")])));
    for (const reply of replies) expect(essence(receipts(reply))).toEqual(essence(receipts(replies[0] as AppendReply)));
    expect(await count("entry")).toBe(1);
  });

  test("has the receipt of its first commit however the log has grown, beside new items too", async () => {
    const first = receipts(await log().append(items(300)));
    await log().append(items(400, "later"));
    await evictDurableObject(stub());
    const mixed = [...items(300), item("new")];
    const again = receipts(await log().append(mixed));
    expect(essence(again).slice(0, 300)).toEqual(essence(first));
    await expectReceipts(mixed, again);
    expect(again.checkpoints).toHaveLength(2);
    expect(again.head.size).toBe(701);
  });

  test("is refused to a caller with another key or subject, and to nobody else", async () => {
    await log().append([item("a", 1)]);
    const { K } = item("a", 2);
    const wrong = thrownBy((own) => own.append([{ ...item("a", 1), K }]));
    const elsewhere = thrownBy((own) => own.append([item("a", 2)]));
    const right = log().append([item("a", 1)]);
    expect(await wrong).toContain("another key");
    expect(await elsewhere).toContain("another key");
    expect(await thrownBy((own) => own.append([item("new", 1), item("new", 2)]))).toContain("another subject");
    expect((await right).ok).toBe(true);
  });
});

test("keeps no dossier key in its SQLite", async () => {
  const { K, statementHash } = item("a");
  await log().append([item("a")]);
  const holds = (hash: Uint8Array) =>
    inObject(({ sql }) => {
      const tables = sql
        .exec<{ name: string }>("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'")
        .toArray();
      const cells = tables
        .filter(({ name }) => !name.startsWith("_cf"))
        .flatMap(({ name }) => sql.exec(`SELECT * FROM ${name}`).toArray())
        .flatMap((row) => Object.values(row));
      const bytes = cells.filter((cell) => cell instanceof ArrayBuffer).map((cell) => new Uint8Array(cell).join());
      return bytes.some((cell) => cell.includes(hash.join()));
    });
  expect(await holds(statementHash)).toBe(true);
  expect(await holds(K)).toBe(false);
});

test("is overloaded past 8,192 waiting items, and the waiting ones are still answered", async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  plantFault({ pause: (name) => (name === "group" ? held : Promise.resolve()) });
  const waiting = Array.from({ length: 8 }, (_, i) => log().append(items(1_024, `call ${i}`)));
  await scheduler.wait(100);
  expect(await log().append([item("one too many")])).toEqual({ ok: false, reason: "overloaded", retryAfter: 1 });
  release();
  plantFault(null);
  for (const reply of await Promise.all(waiting)) expect(reply.ok).toBe(true);
  expect((await log().append([item("one too many")])).ok).toBe(true);
});

describe("what another hand did to the object's SQLite", () => {
  test("a head that moved during the signature is stale, and the retry is one entry", async () => {
    await log().append([item("a")]);
    const intruder = "UPDATE head SET size = 9";
    plantFault({ pause: async (name) => void (name === "sign" && (await inObject(({ sql }) => sql.exec(intruder)))) });
    expect(await log().append([item("b")])).toEqual({ ok: false, reason: "stale" });
    plantFault(null);
    await inObject(({ sql }) => sql.exec("UPDATE head SET size = 1"));
    const reply = await appendSurely([item("b")]);
    expect(reply.appended[0]?.index).toBe(1);
    await expectReceipts([item("b")], reply);
  });

  test("a second writer makes the first stale once; then it goes on from there", async () => {
    await log().append([item("a")]);
    await secondWriter((other) => other.append([item("from the second")]));
    expect(await log().append([item("b")])).toEqual({ ok: false, reason: "stale" });
    const reply = receipts(await log().append([item("b")]));
    expect(reply.appended[0]?.index).toBe(2);
    await expectReceipts([item("b")], reply);
  });

  test("an edge that does not hash to the head's root is never signed on", async () => {
    await log().append(items(5));
    await evictDurableObject(stub());
    await inObject(({ sql }) => sql.exec("UPDATE head SET root = zeroblob(32)"));
    expect(await log().append([item("b")])).toEqual({ ok: false, reason: "broken-edge", ours: 5 });
    expect((await log().status()).refusing).toEqual({ reason: "broken-edge", ours: 5 });
  });
});

describe("proofs", () => {
  test("an entry is in the tree of every later size, and each size leads to every later one", async () => {
    const notes = [];
    for (const size of [1, 255, 2, 300]) notes.push(receipts(await log().append(items(size, `group ${size}`))));
    const heads = notes.map(({ head }) => head);
    for (const [i, { size, root }] of heads.entries()) {
      const proof = await log().proof(0, size);
      if (!proof.ok) throw new Error(proof.reason);
      expect(verifyInclusion(leafHash(proof.entry), 0, size, splitHashes(proof.path), root).ok).toBe(true);
      expect(proof.checkpoint).toBe(notes[i]?.checkpoints[0]);
      for (const earlier of heads.slice(0, i)) {
        const reply = await log().consistency(earlier.size, size);
        if (!reply.ok) throw new Error(reply.reason);
        expect(verifyConsistency(earlier.size, size, splitHashes(reply.path), earlier.root, root).ok).toBe(true);
      }
    }
  });

  test.each([
    ["an index that is not in the tree", () => log().proof(3, 3), "beyond-log"],
    ["a size that the log has not reached", () => log().proof(0, 4), "beyond-log"],
    ["a consistency from nothing", () => log().consistency(0, 3), "size-order"],
    ["a consistency backwards", () => log().consistency(3, 2), "size-order"],
    ["a consistency into the future", () => log().consistency(3, 4), "beyond-log"],
  ])("%s is refused", async (_name, ask, reason) => {
    await log().append(items(3));
    expect(await ask()).toEqual({ ok: false, reason, size: 3 });
  });
});
