import { base64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import type { AppendItem } from "./append.ts";
import { type Edge, type FullTile, grow, rootOf } from "./edge.ts";
import { NO_PREV, sealEntry } from "./entry.ts";
import type { Hash } from "./tree.ts";

/** Where a dossier goes on: the seq of its next entry and the leaf hash of its last. */
export interface DossierHead {
  readonly next: number;
  readonly last: Hash;
}

export interface LogState {
  readonly size: number;
  readonly root: Hash;
  /** Of the newest entry; 0 for an empty log. */
  readonly admittedAt: number;
  readonly edge: Edge;
}

export interface PlannedEntry {
  readonly statementHash: Hash;
  readonly index: number;
  readonly seq: number;
  readonly prev: Hash;
  readonly entry: Bytes;
  readonly nonce: Bytes;
  readonly header: Bytes;
}

/** All that a group's commit writes. It holds no dossier key. */
export interface GroupPlan {
  readonly next: LogState;
  readonly entries: readonly PlannedEntry[];
  readonly full: readonly FullTile[];
  readonly dossiers: readonly (DossierHead & { readonly subject: Hash })[];
}

const FIRST: DossierHead = { next: 0, last: NO_PREV };

/** The map key of a hash. */
export const hashKey = (hash: Hash): string => base64url(hash);

/** The items that are not in the log yet, each statement once, in the order of their first mention. */
export function freshItems(items: readonly AppendItem[], known: { has(key: string): boolean }): readonly AppendItem[] {
  const fresh = new Map<string, AppendItem>();
  for (const item of items) {
    const key = hashKey(item.statementHash);
    if (!known.has(key) && !fresh.has(key)) fresh.set(key, item);
  }
  return [...fresh.values()];
}

/** Requires `fresh` from `freshItems`, and in `heads` (by `hashKey`) the head of every dossier that has entries. */
export function planGroup(
  state: LogState,
  fresh: readonly AppendItem[],
  heads: ReadonlyMap<string, DossierHead>,
  now: number,
): GroupPlan {
  // FORMATS 2: never decreasing, whatever the host's clock does.
  const admittedAt = Math.max(now, state.admittedAt);
  const dossiers = new Map<string, DossierHead & { subject: Hash }>();
  const entries: PlannedEntry[] = [];
  const leaves: Hash[] = [];
  for (const { statementHash, subject, K } of fresh) {
    const key = hashKey(subject);
    const { next: seq, last: prev } = dossiers.get(key) ?? heads.get(key) ?? FIRST;
    const sealed = sealEntry(K, { seq, prev, statementHash, subject }, admittedAt);
    const index = state.size + entries.length;
    entries.push({ statementHash, index, seq, prev, entry: sealed.entry, nonce: sealed.nonce, header: sealed.header });
    leaves.push(sealed.leaf);
    dossiers.set(key, { subject, next: seq + 1, last: sealed.leaf });
  }
  const { edge, full } = grow(state.edge, leaves);
  return {
    next: { size: edge.size, root: rootOf(edge), admittedAt, edge },
    entries,
    full,
    dossiers: [...dossiers.values()],
  };
}
