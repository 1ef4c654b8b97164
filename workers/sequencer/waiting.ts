import type { AppendItem, AppendReply } from "@quasarix/shared/log/append.ts";

/** One append call until it is answered. */
export interface Call {
  readonly items: readonly AppendItem[];
  readonly resolve: (reply: AppendReply) => void;
  readonly reject: (reason: unknown) => void;
}

/** This many items wait for no company (DESIGN 5). */
export const ENOUGH = 256;
/** Past this many waiting items a caller hears "overloaded". */
export const CAPACITY = 8_192;
/** Items of one commit; a longer group would keep the object from answering for longer. */
const GROUP = 1_024;

/** The calls that wait for a group. */
export class Waiting {
  readonly #calls: Call[] = [];
  #queued = 0;
  #taken = 0;
  #full: (() => void) | null = null;

  /** Items whose callers have no answer, those of the group under way included. */
  get count(): number {
    return this.#queued + this.#taken;
  }

  get isEmpty(): boolean {
    return this.#calls.length === 0;
  }

  add(call: Call): void {
    this.#calls.push(call);
    this.#queued += call.items.length;
    if (this.#queued >= ENOUGH) this.#full?.();
  }

  /** Resolves with `timer`, or as soon as enough items wait. */
  company(timer: Promise<void>): Promise<void> {
    if (this.#queued >= ENOUGH) return Promise.resolve();
    const full = new Promise<void>((resolve) => {
      this.#full = resolve;
    });
    return Promise.race([timer, full]);
  }

  /** The next group: whole calls, oldest first, at least one. */
  take(): Call[] {
    this.#full = null;
    let items = 0;
    let calls = 0;
    for (const call of this.#calls) {
      if (calls > 0 && items + call.items.length > GROUP) break;
      items += call.items.length;
      calls++;
    }
    this.#queued -= items;
    this.#taken += items;
    return this.#calls.splice(0, calls);
  }

  /** The group was answered, whatever the answer. */
  settled(calls: readonly Call[]): void {
    for (const { items } of calls) this.#taken -= items.length;
  }
}
