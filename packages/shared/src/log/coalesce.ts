import type { Appended, AppendItem, AppendReceipts, AppendReply } from "./append.ts";

export interface CoalescePorts {
  append(items: readonly AppendItem[]): Promise<AppendReply>;
  wait(milliseconds: number): Promise<void>;
}

/** How long the first caller waits for company, and how many items end the wait (DESIGN 5). */
const LINGER_MS = 5;
const ENOUGH = 256;
/** How often the others look whether the first has its answer, and when they stop believing that it ever will. */
const LOOK_MS = 2;
const PATIENCE_MS = 10_000;
/** A batch that is open for so long has lost its first caller: whoever sees it leads. */
const OVERDUE_MS = 20 * LINGER_MS;

interface Batch {
  readonly items: AppendItem[];
  isClosed: boolean;
  outcome: { readonly reply: AppendReply } | { readonly error: unknown } | null;
}

/**
 * Joins the appends of many requests of one isolate into few calls: the first of a batch makes the call, the others look
 * for its outcome, each by its own timer. A promise that one request settles for another would not do: workerd takes
 * the waiting request for hung. A refusal or a throw reaches every caller; one whose first caller is gone appends alone.
 */
export function coalescer(ports: CoalescePorts): (items: readonly AppendItem[]) => Promise<AppendReply> {
  let open: Batch | null = null;

  return async (items) => {
    const isFirst = open === null;
    open ??= { items: [], isClosed: false, outcome: null };
    const batch = open;
    const first = batch.items.length;
    for (const item of items) batch.items.push(item);
    const close = () => {
      batch.isClosed = true;
      if (open === batch) open = null;
    };
    if (batch.items.length >= ENOUGH) close();
    if (isFirst) await lead(ports, batch, close);
    else await follow(ports, batch, close);
    if (batch.outcome === null) return ports.append(items);
    if ("error" in batch.outcome) throw batch.outcome.error;
    const { reply } = batch.outcome;
    return reply.ok ? shareOf(reply, first, items.length) : reply;
  };
}

async function lead(ports: CoalescePorts, batch: Batch, close: () => void): Promise<void> {
  for (let waited = 0; !batch.isClosed && waited < LINGER_MS; waited++) await ports.wait(1);
  close();
  await appendAll(ports, batch);
}

async function appendAll(ports: CoalescePorts, batch: Batch): Promise<void> {
  try {
    batch.outcome = { reply: await ports.append(batch.items) };
  } catch (error) {
    batch.outcome = { error };
  }
}

/** Until there is an outcome. A first caller that hung up in its linger would leave the batch open for all who come after. */
async function follow(ports: CoalescePorts, batch: Batch, close: () => void): Promise<void> {
  for (let waited = 0; batch.outcome === null && waited < PATIENCE_MS; waited += LOOK_MS) {
    if (!batch.isClosed && waited >= OVERDUE_MS) {
      close();
      return appendAll(ports, batch);
    }
    await ports.wait(LOOK_MS);
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
