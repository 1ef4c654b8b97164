import type { AppendItem, AppendReply } from "@quasarix/shared/log/append.ts";
import { type CoalescePorts, coalescer } from "@quasarix/shared/log/coalesce.ts";
import { describe, expect, test } from "vitest";

const bytes = (fill: number) => new Uint8Array(32).fill(fill);
const item = (n: number): AppendItem => ({ statementHash: bytes(n), subject: bytes(n), K: bytes(n) });
const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** A log whose every second item was logged before, under a checkpoint of its own. */
function logOf(calls: (readonly AppendItem[])[]): CoalescePorts["append"] {
  return async (items) => {
    calls.push(items);
    const appended = items.map(({ statementHash }, i) => ({
      index: statementHash[0] as number,
      seq: i,
      admittedAt: 1,
      prev: bytes(0),
      extra: bytes(0),
      path: bytes(0),
      checkpoint: i % 2,
    }));
    return { ok: true, appended, checkpoints: ["new", "old"], head: { size: 9, root: bytes(9) } };
  };
}

const seen = (reply: AppendReply) =>
  reply.ok && reply.appended.map(({ index, checkpoint }) => [index, reply.checkpoints[checkpoint]]);

describe("the coalescer", () => {
  test("makes one call of those that arrive together, and gives each caller its own receipts", async () => {
    const calls: (readonly AppendItem[])[] = [];
    const append = coalescer({ append: logOf(calls), wait });
    const replies = await Promise.all([append([item(1)]), append([item(2), item(3)]), append([])]);
    expect(calls).toEqual([[item(1), item(2), item(3)]]);
    expect(replies.map(seen)).toEqual([
      [[1, "new"]],
      [
        [2, "old"],
        [3, "new"],
      ],
      [],
    ]);
    expect(replies.map((reply) => reply.ok && reply.checkpoints.length)).toEqual([1, 2, 0]);
  });

  test("begins another call once 256 items wait", async () => {
    const calls: (readonly AppendItem[])[] = [];
    const append = coalescer({ append: logOf(calls), wait });
    await Promise.all(Array.from({ length: 300 }, (_, i) => append([item(i % 200)])));
    expect(calls.map((items) => items.length)).toEqual([256, 44]);
  });

  test("makes a new call for those that come after the wait", async () => {
    const calls: (readonly AppendItem[])[] = [];
    const append = coalescer({ append: logOf(calls), wait });
    await append([item(1)]);
    await append([item(2)]);
    expect(calls).toEqual([[item(1)], [item(2)]]);
  });

  test("a first caller that hung up in its linger holds up the others for a moment, and those after them not at all", async () => {
    const calls: (readonly AppendItem[])[] = [];
    let waits = 0;
    const hungUp = () => (waits++ === 0 ? new Promise<void>(() => {}) : wait(1));
    const append = coalescer({ append: logOf(calls), wait: hungUp });
    void append([item(1)]);
    expect(seen(await append([item(2)]))).toEqual([[2, "old"]]);
    expect(seen(await append([item(3)]))).toEqual([[3, "new"]]);
    expect(calls).toEqual([[item(1), item(2)], [item(3)]]);
  });

  test("a refusal reaches every caller", async () => {
    const refusal = { ok: false, reason: "overloaded", retryAfter: 1 } as const;
    const append = coalescer({ append: async () => refusal, wait });
    expect(await Promise.all([append([item(1)]), append([item(2)])])).toEqual([refusal, refusal]);
  });

  test("an error reaches every caller, and the next call is made afresh", async () => {
    const calls: (readonly AppendItem[])[] = [];
    let isDown = true;
    const working = logOf(calls);
    const broken = () => Promise.reject(new Error("down"));
    const append = coalescer({ append: (items) => (isDown ? broken() : working(items)), wait });
    const outcomes = await Promise.allSettled([append([item(1)]), append([item(2)])]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    isDown = false;
    expect((await append([item(3)])).ok).toBe(true);
  });
});
