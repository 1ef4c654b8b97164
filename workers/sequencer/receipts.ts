import { type Bytes, equal } from "@quasarix/shared/bytes.ts";
import type { Appended, AppendItem, AppendReceipts, TreeHead } from "@quasarix/shared/log/append.ts";
import { decodeEntry, encodeExtra, HEADER_LENGTH, sealEntry } from "@quasarix/shared/log/entry.ts";
import { joinedPath, memoTiles, type TileSource } from "@quasarix/shared/log/proof-path.ts";
import { type GroupPlan, hashKey } from "@quasarix/shared/log/sequence.ts";
import type { KnownEntry, Ledger } from "./ledger.ts";

const SUBJECT_AT = HEADER_LENGTH - 32;

/** An entry's place and opening, as its first commit made them. */
interface Placed extends KnownEntry {
  readonly nonce: Bytes;
  readonly header: Bytes;
}

/** Answers the callers of one group after its commit: new entries from the plan, old ones from the ledger. */
export class Receipts {
  readonly #ledger: Ledger;
  readonly #tiles: TileSource;
  readonly #old: ReadonlyMap<string, KnownEntry>;
  readonly #placed = new Map<string, Placed>();

  constructor(ledger: Ledger, old: ReadonlyMap<string, KnownEntry>, plan: GroupPlan | null) {
    this.#ledger = ledger;
    this.#tiles = memoTiles(ledger.tiles());
    this.#old = old;
    for (const entry of plan?.entries ?? []) {
      this.#placed.set(hashKey(entry.statementHash), { ...entry, firstSize: plan?.next.size ?? 0 });
    }
  }

  /** Throws when an item names another subject or key than its statement was logged under. */
  answer(items: readonly AppendItem[], head: TreeHead): AppendReceipts {
    const checkpoints: string[] = [];
    const positions = new Map<number, number>();
    const checkpointAt = (size: number): number => {
      const position = positions.get(size) ?? checkpoints.push(this.#noteAt(size)) - 1;
      positions.set(size, position);
      return position;
    };
    const appended = items.map((item): Appended => {
      const { index, seq, prev, entry, nonce, header, firstSize } = this.#place(item);
      return {
        index,
        seq,
        admittedAt: admittedAtOf(entry),
        prev,
        extra: encodeExtra(entry, nonce, header),
        path: joinedPath(index, firstSize, this.#tiles),
        checkpoint: checkpointAt(firstSize),
      };
    });
    return { ok: true, appended, checkpoints, head: { size: head.size, root: head.root } };
  }

  #noteAt(size: number): string {
    const committed = this.#ledger.checkpoint(size);
    if (!committed) throw new Error(`no checkpoint was committed at size ${size}`);
    return committed.note;
  }

  #place(item: AppendItem): Placed {
    const key = hashKey(item.statementHash);
    const placed = this.#placed.get(key) ?? this.#reseal(item, this.#old.get(key));
    this.#placed.set(key, placed);
    if (!equal(placed.header.subarray(SUBJECT_AT), item.subject)) {
      throw new Error("an item names another subject than its statement was logged under");
    }
    return placed;
  }

  /** The key is not kept, so a receipt given again is sealed again, and has to come out as the same entry. */
  #reseal(item: AppendItem, known: KnownEntry | undefined): Placed {
    if (!known) throw new Error("an item of the group is neither planned nor known");
    const { seq, prev } = known;
    const { statementHash, subject } = item;
    const sealed = sealEntry(item.K, { seq, prev, statementHash, subject }, admittedAtOf(known.entry));
    if (!equal(sealed.entry, known.entry))
      throw new Error("an item names another key than its statement was logged under");
    return { ...known, nonce: sealed.nonce, header: sealed.header };
  }
}

/** Throws on an entry that is not ours: the ledger holds no other. */
export function admittedAtOf(entry: Bytes): number {
  const decoded = decodeEntry(entry);
  if (!decoded.ok) throw new Error(`an entry of the ledger is unreadable: ${decoded.failure.reason}`);
  return decoded.value.admittedAt;
}
