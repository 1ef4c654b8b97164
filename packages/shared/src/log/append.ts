import type { Bytes } from "../bytes.ts";

/** What the sequencer learns of a statement: two hashes and the dossier key, which it uses and forgets. */
export interface AppendItem {
  readonly statementHash: Bytes;
  readonly subject: Bytes;
  readonly K: Bytes;
}

/** The place of one statement. The same for every append of the same `statementHash`, however often and whenever. */
export interface Appended {
  readonly index: number;
  readonly seq: number;
  readonly admittedAt: number;
  /** Leaf hash of the dossier's entry before this one; zeros at seq 0. */
  readonly prev: Bytes;
  /** `entry || nonce || header`, the `extra` of a tlog-proof (FORMATS 4). */
  readonly extra: Bytes;
  /** Inclusion path, hashes joined, under the checkpoint of the entry's first commit. */
  readonly path: Bytes;
  /** Position of that checkpoint in the reply's `checkpoints`. */
  readonly checkpoint: number;
}

export interface TreeHead {
  readonly size: number;
  readonly root: Bytes;
}

/** Where a log larger than, or other than, the object's own was seen. */
export type PastSource = "published" | "anchor";

/** A reason not to sign that only an operator can lift. Equal or larger `ours` means another root at size `theirs`. */
export type Refusing =
  | { readonly reason: "smaller-past"; readonly ours: number; readonly theirs: number; readonly where: PastSource }
  | { readonly reason: "broken-edge"; readonly ours: number };

export type AppendRefusal =
  | { readonly ok: false; readonly reason: "overloaded" /** Seconds. */; readonly retryAfter: number }
  /** Nothing was decided: append the same items again. */
  | { readonly ok: false; readonly reason: "stale" }
  | ({ readonly ok: false } & Refusing);

export interface AppendReceipts {
  readonly ok: true;
  /** In the order of the items. */
  readonly appended: readonly Appended[];
  /** Signed notes, each once. */
  readonly checkpoints: readonly string[];
  readonly head: TreeHead;
}

export type AppendReply = AppendReceipts | AppendRefusal;

export type ProofReply =
  | {
      readonly ok: true;
      readonly index: number;
      readonly size: number;
      readonly entry: Bytes;
      /** Hashes joined. */
      readonly path: Bytes;
      /** The committed checkpoint of that size; null where no group ended there. */
      readonly checkpoint: string | null;
    }
  | { readonly ok: false; readonly reason: "beyond-log"; readonly size: number };

export type ConsistencyReply =
  | { readonly ok: true /** Hashes joined. */; readonly path: Bytes }
  | { readonly ok: false; readonly reason: "beyond-log" | "size-order"; readonly size: number };

export interface PublishedCheckpoint {
  readonly size: number;
  readonly note: string;
}

export interface SequencerStatus {
  readonly size: number;
  readonly root: Bytes;
  /** Size of the newest published checkpoint. */
  readonly published: number | null;
  readonly publishedAt: number | null;
  /** Entries committed but not yet published. */
  readonly outbox: number;
  /** `admittedAt` of the first of them. */
  readonly oldestOutbox: number | null;
  /** Items whose callers wait for a group. */
  readonly waiting: number;
  readonly refusing: Refusing | null;
}

/** The sequencer's RPC surface. */
export interface Sequencing {
  append(items: readonly AppendItem[]): Promise<AppendReply>;
  proof(index: number, size?: number): Promise<ProofReply>;
  consistency(from: number, to: number): Promise<ConsistencyReply>;
  published(after: number, limit: number): Promise<readonly PublishedCheckpoint[]>;
  latestPublished(): Promise<string | null>;
  status(): Promise<SequencerStatus>;
}
