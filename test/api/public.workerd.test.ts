import type { Sequencing } from "@quasarix/shared/log/append.ts";
import { beforeEach, describe, expect, test } from "vitest";
import { AT, emptyWorld, env, NOON, send } from "./small-api.ts";

beforeEach(emptyWorld);

describe("the public log", () => {
  const get = (path: string) => send(new Request(AT + path));

  test("a tile is immutable, the checkpoint brief, both open", async () => {
    await env.LOG_BUCKET.put("log/checkpoint", "a note\n");
    await env.LOG_BUCKET.put("log/tile/0/x001/234.p/5", new Uint8Array([1, 2, 3]));
    await env.LOG_BUCKET.put("log/tile/entries/000", new Uint8Array([4]));
    const [checkpoint, tile, entries] = await Promise.all(
      ["/log/checkpoint", "/log/tile/0/x001/234.p/5", "/log/tile/entries/000"].map(get),
    );
    expect(checkpoint?.headers.get("cache-control")).toBe("public, max-age=1");
    expect(await checkpoint?.text()).toBe("a note\n");
    expect(tile?.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(tile?.headers.get("content-type")).toBe("application/octet-stream");
    expect(new Uint8Array((await tile?.arrayBuffer()) ?? [])).toEqual(new Uint8Array([1, 2, 3]));
    expect(entries?.status).toBe(200);
  });

  test.each([
    "/log/tile/0/1",
    "/log/tile/0/x000/001",
    "/log/tile/0/001.p/256",
    "/log/tile/64/000",
    "/log/tile/0/%30%30%30",
    "/log/tile/../checkpoints/0000000000000001",
    "/log/checkpoints/0000000000000001",
    "/log/tile/0/007",
  ])("%s is not there, even where the bucket has such a key", async (path) => {
    if (!path.endsWith("007")) await env.LOG_BUCKET.put(new URL(AT + path).pathname.slice(1), "secret");
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).not.toContain("secret");
  });
});

describe("what the sequencer says", () => {
  const root = new Uint8Array(32);
  const status = {
    size: 9,
    root,
    published: 8,
    publishedAt: NOON - 1500,
    outbox: 1,
    oldestOutbox: NOON - 40,
    waiting: 2,
  };
  const sequencer = (fake: Partial<Sequencing>) => ({ SEQUENCER: { getByName: () => fake } }) as never;

  test("health: the log's size, the checkpoint's age, what waits", async () => {
    const fake = sequencer({ status: async () => ({ ...status, refusing: null }) });
    const answer = await send(new Request(`${AT}/health`), fake);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      log: { size: 9, root: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" },
      published: { size: 8, ageMs: 1500 },
      outbox: { entries: 1, ageMs: 40 },
      waiting: 2,
      refusing: null,
    });
  });

  test("health: the real sequencer, before anything was logged", async () => {
    const answer = await send(new Request(`${AT}/health`));
    expect([answer.status, await answer.json()]).toMatchObject([200, { log: { size: 0 }, refusing: null }]);
  });

  test("health: 503 and why, where the log refuses to sign", async () => {
    const refusing = { reason: "smaller-past", ours: 9, theirs: 12, where: "anchor" } as const;
    const answer = await send(
      new Request(`${AT}/health`),
      sequencer({ status: async () => ({ ...status, refusing }) }),
    );
    expect([answer.status, (await answer.json<{ refusing: string }>()).refusing]).toEqual([
      503,
      "the anchor log has size 12, ours has 9 or another root",
    ]);
  });

  test("published checkpoints come in pages by size", async () => {
    const all = [3, 5, 9].map((size) => ({ size, note: `note ${size}` }));
    const fake = sequencer({
      published: async (after, limit) => all.filter(({ size }) => size > after).slice(0, limit),
    });
    const get = async (query: string) => (await send(new Request(`${AT}/v1/log/checkpoints?${query}`), fake)).json();
    expect(await get("limit=2")).toEqual({ checkpoints: all.slice(0, 2), next: 5 });
    expect(await get("limit=2&after=5")).toEqual({ checkpoints: all.slice(2), next: null });
  });
});
