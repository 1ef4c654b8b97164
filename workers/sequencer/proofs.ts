import { concat } from "@quasarix/shared/bytes.ts";
import type { ConsistencyReply, ProofReply } from "@quasarix/shared/log/append.ts";
import { consistencyPath, joinedPath, memoTiles, type TileSource } from "@quasarix/shared/log/proof-path.ts";
import type { Ledger } from "./ledger.ts";

/** Tiles kept between proofs: some 8 MB with the nodes inside them. */
const TILES_HELD = 256;

/**
 * Tiles for proofs, held for the object's life: the nodes inside one are hashed once. A tile is kept under its width and
 * a perfect subtree never changes, so that growth makes nothing stale.
 */
export const proofTiles = (ledger: Ledger): TileSource =>
  memoTiles((level, index, width) => ledger.tiles()(level, index, width), TILES_HELD);

/** Inclusion of the entry in the tree of `size`; reads a tile a level. */
export function proofOf(ledger: Ledger, tiles: TileSource, index: number, size: number, head: number): ProofReply {
  const exists =
    Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size && size <= head;
  if (!exists) return { ok: false, reason: "beyond-log", size: head };
  const path = joinedPath(index, size, tiles);
  return { ok: true, index, size, entry: ledger.entry(index), path, checkpoint: ledger.checkpoint(size)?.note ?? null };
}

/** RFC 6962 2.1.2. From size 0 nothing can be proven. */
export function consistencyOf(tiles: TileSource, from: number, to: number, head: number): ConsistencyReply {
  const isOrdered = Number.isSafeInteger(from) && Number.isSafeInteger(to) && from > 0 && from <= to;
  if (!isOrdered) return { ok: false, reason: "size-order", size: head };
  if (to > head) return { ok: false, reason: "beyond-log", size: head };
  return { ok: true, path: concat(...consistencyPath(from, to, tiles)) };
}
