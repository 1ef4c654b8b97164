import type {
  AppendItem,
  AppendRefusal,
  AppendReply,
  ConsistencyReply,
  ProofReply,
  PublishedCheckpoint,
  Refusing,
  SequencerStatus,
  Sequencing,
} from "@quasarix/shared/log/append.ts";
import { signCheckpoint } from "@quasarix/shared/log/checkpoint.ts";
import type { TileSource } from "@quasarix/shared/log/proof-path.ts";
import { freshItems, type GroupPlan, type LogState, planGroup } from "@quasarix/shared/log/sequence.ts";
import type { Clock, Signer } from "@quasarix/shared/ports.ts";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import { commitGroup } from "./commit.ts";
import type { Fault } from "./fault.ts";
import { Ledger } from "./ledger.ts";
import { Outbox } from "./outbox.ts";
import { type Anchor, forgottenPast } from "./past.ts";
import { consistencyOf, proofOf, proofTiles } from "./proofs.ts";
import { publishStep } from "./publish.ts";
import { admittedAtOf, Receipts } from "./receipts.ts";
import { CAPACITY, type Call, Waiting } from "./waiting.ts";

export interface SequencerPorts {
  readonly storage: DurableObjectStorage;
  readonly bucket: R2Bucket;
  readonly anchor: Anchor;
  readonly signer: Signer;
  readonly origin: string;
  readonly now: Clock;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Sees to it that `publish` is called at that time, also after a crash; called in the turn of the write that needs it. */
  readonly wakeAt: (time: number) => void;
  readonly fault: Fault;
}

const LINGER_MS = 5;
const RETRY_MS = 1_000;
const HASH = 32;

/** DESIGN 5, group commit. SQL is the truth, memory a cache that any throw empties. */
export class SequencerCore implements Sequencing {
  readonly #ports: SequencerPorts;
  readonly #ledger: Ledger;
  readonly #outbox: Outbox;
  readonly #tiles: TileSource;
  readonly #waiting = new Waiting();
  #state: LogState | null = null;
  #isPastKnown = false;
  #isRunning = false;
  #isAwake = false;

  constructor(ports: SequencerPorts) {
    this.#ports = ports;
    this.#ledger = new Ledger(ports.storage.sql);
    this.#tiles = proofTiles(this.#ledger);
    this.#outbox = new Outbox(ports.storage, this.#ledger);
  }

  append(items: readonly AppendItem[]): Promise<AppendReply> {
    for (const { statementHash, subject, K } of items) {
      if (statementHash.length !== HASH || subject.length !== HASH || K.length !== HASH) {
        throw new RangeError("statementHash, subject and K have 32 bytes each");
      }
    }
    if (this.#waiting.count + items.length > CAPACITY) {
      return Promise.resolve({ ok: false, reason: "overloaded", retryAfter: 1 });
    }
    return new Promise((resolve, reject) => {
      this.#waiting.add({ items, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async proof(index: number, size?: number): Promise<ProofReply> {
    const head = this.#ledger.head().size;
    return proofOf(this.#ledger, this.#tiles, index, size ?? head, head);
  }

  async consistency(from: number, to: number): Promise<ConsistencyReply> {
    return consistencyOf(this.#tiles, from, to, this.#ledger.head().size);
  }

  async published(after: number, limit: number): Promise<readonly PublishedCheckpoint[]> {
    return this.#ledger.published(after, limit);
  }

  async latestPublished(): Promise<string | null> {
    const newest = this.#ledger.newestPublished();
    return newest && (this.#ledger.checkpoint(newest.size)?.note ?? null);
  }

  async status(): Promise<SequencerStatus> {
    await this.#ports.fault.pause("ready");
    const ready = await this.#ready();
    // An alarm that died with its object is made up for here.
    if (ready.ok) this.#wake();
    const { size, root } = this.#ledger.head();
    const newest = this.#ledger.newestPublished();
    const published = newest?.size ?? 0;
    return {
      size,
      root,
      published: newest?.size ?? null,
      publishedAt: newest?.at ?? null,
      outbox: size - published,
      oldestOutbox: size > published ? admittedAtOf(this.#ledger.entry(published)) : null,
      waiting: this.#waiting.count,
      refusing: ready.ok ? null : ready.failure,
    };
  }

  /** One step of publication, if one is due; asks to be woken for the next. Never throws: it is an alarm's body. */
  async publish(): Promise<void> {
    this.#isAwake = false;
    const { fault, now, bucket } = this.#ports;
    try {
      await fault.pause("ready");
      const ready = await this.#ready();
      if (!ready.ok) return;
      const { size } = this.#ledger.head();
      const due = this.#outbox.dueAt(size);
      if (due !== null && due <= now()) {
        const parts = { bucket, ledger: this.#ledger, outbox: this.#outbox, fault, now };
        await fault.pause("publish");
        await publishStep(parts, this.#outbox.choose(size));
      }
      this.#wake();
    } catch (error) {
      report("sequencer-publish-failed", error);
      this.#isAwake = true;
      this.#ports.wakeAt(now() + RETRY_MS);
    }
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    const { fault, wait } = this.#ports;
    while (!this.#waiting.isEmpty) {
      let calls: readonly Call[] = [];
      try {
        await fault.pause("linger");
        await this.#waiting.company(wait(LINGER_MS));
        calls = this.#waiting.take();
        await fault.pause("group");
        await this.#group(calls);
      } catch (error) {
        report("sequencer-group-failed", error);
        this.#state = null;
        if (calls.length === 0) calls = this.#waiting.take();
        refuse(calls, { ok: false, reason: "stale" });
      }
      this.#waiting.settled(calls);
    }
    this.#isRunning = false;
  }

  async #group(calls: readonly Call[]): Promise<void> {
    await this.#ports.fault.pause("ready");
    const ready = await this.#ready();
    if (!ready.ok) return refuse(calls, { ok: false, ...ready.failure });
    const state = ready.value;
    const items = calls.flatMap((call) => call.items);
    const known = this.#ledger.known(items);
    const fresh = freshItems(items, known);
    const plan = fresh.length > 0 ? planGroup(state, fresh, this.#ledger.dossiers(fresh), this.#ports.now()) : null;
    if (plan) {
      await this.#ports.fault.pause("commit");
      await this.#commit(state, plan);
    }
    answer(calls, new Receipts(this.#ledger, known, plan), plan?.next ?? state);
  }

  async #commit(old: LogState, plan: GroupPlan): Promise<void> {
    const { origin, signer, storage, fault } = this.#ports;
    const { size, root } = plan.next;
    await fault.pause("sign");
    const note = await signCheckpoint(signer, { origin, size, root });
    commitGroup(storage, old, plan, note);
    this.#state = plan.next;
    this.#wake();
    // A crash here is a commit whose callers never hear of it: their retry has to find the same receipts.
    await fault.pause("answer");
  }

  /** The state to sign on top of. Throws when the past cannot be asked; refuses again and again while it forbids. */
  async #ready(): Promise<Result<LogState, Refusing>> {
    if (!this.#isPastKnown) {
      const ours = this.#ledger.head().size;
      await this.#ports.fault.pause("past");
      const refusing = await forgottenPast(this.#ports, this.#ledger, ours);
      if (refusing) return fail(refusing);
      this.#isPastKnown = true;
    }
    this.#state ??= this.#ledger.load();
    return this.#state ? ok(this.#state) : fail({ reason: "broken-edge", ours: this.#ledger.head().size });
  }

  #wake(): void {
    if (this.#isAwake) return;
    const due = this.#outbox.dueAt(this.#ledger.head().size);
    if (due === null) return;
    this.#isAwake = true;
    this.#ports.wakeAt(Math.max(due, this.#ports.now()));
  }
}

function answer(calls: readonly Call[], receipts: Receipts, head: LogState): void {
  for (const { items, resolve, reject } of calls) {
    try {
      resolve(receipts.answer(items, head));
    } catch (error) {
      reject(error);
    }
  }
}

function refuse(calls: readonly Call[], refusal: AppendRefusal): void {
  for (const { resolve } of calls) resolve(refusal);
}

/** For the operator's log: what failed, and never an item. */
function report(event: string, error: unknown): void {
  console.error(JSON.stringify({ event, message: error instanceof Error ? error.message : String(error) }));
}
