import type { Appended, AppendItem, AppendReceipts, AppendReply } from "./append.ts";

export interface CoalescePorts {
  append(items: readonly AppendItem[]): Promise<AppendReply>;
  wait(milliseconds: number): Promise<void>;
}

/** How long the first caller waits for company, and how many items end the wait (DESIGN 5). */
const LINGER_MS = 5;
const ENOUGH = 256;

interface Waiter {
  readonly items: readonly AppendItem[];
  readonly resolve: (reply: AppendReply) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Joins the appends of many requests of one isolate into few calls. Every caller gets its own items' receipts; a
 * refusal or a throw reaches every caller of the batch. The host has to keep the calling request alive until its
 * promise settles (`waitUntil`), since others may wait for the call that it made.
 */
export function coalescer(ports: CoalescePorts): (items: readonly AppendItem[]) => Promise<AppendReply> {
  let pool: Waiter[] = [];
  let pooled = 0;

  const flush = (): void => {
    const batch = pool;
    pool = [];
    pooled = 0;
    if (batch.length > 0) void deliver(ports, batch);
  };

  return (items) =>
    new Promise((resolve, reject) => {
      pool.push({ items, resolve, reject });
      pooled += items.length;
      if (pooled >= ENOUGH) return flush();
      if (pool.length > 1) return;
      const mine = pool;
      const flushMine = () => {
        if (pool === mine) flush();
      };
      ports.wait(LINGER_MS).then(flushMine, flushMine);
    });
}

async function deliver(ports: CoalescePorts, batch: readonly Waiter[]): Promise<void> {
  try {
    const reply = await ports.append(batch.flatMap(({ items }) => items));
    let first = 0;
    for (const { items, resolve } of batch) {
      resolve(reply.ok ? shareOf(reply, first, items.length) : reply);
      first += items.length;
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

/** One caller's part of a reply, with only the checkpoints that its own receipts name. */
function shareOf(reply: AppendReceipts, first: number, count: number): AppendReceipts {
  const positions = new Map<number, number>();
  const checkpoints: string[] = [];
  const appended = reply.appended.slice(first, first + count).map((receipt): Appended => {
    let position = positions.get(receipt.checkpoint);
    if (position === undefined) {
      position = checkpoints.push(reply.checkpoints[receipt.checkpoint] as string) - 1;
      positions.set(receipt.checkpoint, position);
    }
    return { ...receipt, checkpoint: position };
  });
  return { ok: true, appended, checkpoints, head: reply.head };
}
