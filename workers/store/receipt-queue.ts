import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { Written } from "./receipt-chain.ts";

export interface ReceiptQueuePorts {
  /** All of one holder; what became of each, in order. */
  write(scopes: readonly ReadScope[]): Promise<readonly Written[]>;
  wait(milliseconds: number): Promise<void>;
}

/** How often those who wait look, how long they believe in whoever writes for them, and how many are written at once. */
const LOOK_MS = 2;
const PATIENCE_MS = 5_000;
const ENOUGH = 64;

interface Group {
  readonly scopes: ReadScope[];
  isTaken: boolean;
  outcome: { readonly written: readonly Written[] } | { readonly error: unknown } | null;
}

interface Line {
  /** The group that is being written. */
  now: Group | null;
  /** The group that whoever waits in it first sees free to go will write. */
  next: Group | null;
}

/**
 * Readers of one isolate whose receipts go into one chain: while one group is written the next gathers, so that nobody
 * waits for company and none is in another's way. Each looks by its own timer, since workerd takes a request that waits
 * for another's promise for hung (shared/log/coalesce.ts). One whose writer is gone writes alone.
 */
export class ReceiptQueue {
  readonly #lines = new Map<string, Line>();

  async write(ports: ReceiptQueuePorts, scope: ReadScope): Promise<Written> {
    const { holder } = scope.receipt;
    const line = this.#lines.get(holder) ?? { now: null, next: null };
    this.#lines.set(holder, line);
    const group = joined(line);
    const place = group.scopes.push(scope) - 1;
    for (let waited = 0; group.outcome === null && waited < PATIENCE_MS; waited += LOOK_MS) {
      if (!group.isTaken && line.now === null) await this.#lead(ports, holder, line, group);
      else await ports.wait(LOOK_MS);
    }
    if (group.outcome === null) return this.#alone(ports, line, scope);
    if ("error" in group.outcome) throw group.outcome.error;
    return group.outcome.written[place] as Written;
  }

  async #lead(ports: ReceiptQueuePorts, holder: string, line: Line, group: Group): Promise<void> {
    group.isTaken = true;
    line.now = group;
    if (line.next === group) line.next = null;
    try {
      group.outcome = { written: await ports.write(group.scopes) };
    } catch (error) {
      group.outcome = { error };
    }
    if (line.now === group) line.now = null;
    if (line.now === null && line.next === null) this.#lines.delete(holder);
  }

  /** Whoever was to write hung up, or the store is slow beyond patience: the line is free again for those who come. */
  async #alone(ports: ReceiptQueuePorts, line: Line, scope: ReadScope): Promise<Written> {
    line.now = null;
    line.next = null;
    const [written] = await ports.write([scope]);
    return written as Written;
  }
}

function joined(line: Line): Group {
  const { next } = line;
  if (next && !next.isTaken && next.scopes.length < ENOUGH) return next;
  const group: Group = { scopes: [], isTaken: false, outcome: null };
  line.next = group;
  return group;
}
