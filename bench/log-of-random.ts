import { randomBytes } from "node:crypto";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { emptyEdge, grow, partialTiles, rootOf } from "@quasarix/shared/log/edge.ts";
import type { TileSource } from "@quasarix/shared/log/proof.ts";
import { hashAt, TILE_WIDTH } from "@quasarix/shared/log/tile.ts";
import { HASH_LENGTH, type Hash } from "@quasarix/shared/log/tree.ts";

/** One log with its tiles in memory, to be looked at as it was at each of `sizes`. */
export interface RandomLog {
  readonly tiles: TileSource;
  readonly rootAt: (size: number) => Hash;
  readonly leafAt: (index: number) => Hash;
}

/** `sizes` ascend. A tile of a smaller log is the beginning of the same tile of a larger one, so one set serves all. */
export function logOfRandom(sizes: readonly number[]): RandomLog {
  const found = new Map<string, Bytes>();
  const roots = new Map<number, Hash>();
  let edge = emptyEdge;
  for (const size of sizes) {
    const grown = grow(edge, randomHashes(size - edge.size));
    edge = grown.edge;
    for (const { level, index, hashes } of grown.full) found.set(`${level}/${index}`, hashes);
    roots.set(size, rootOf(edge));
  }
  for (const { level, index, hashes } of partialTiles(edge)) found.set(`${level}/${index}`, hashes);
  const tiles: TileSource = (level, index, width) => {
    const tile = found.get(`${level}/${index}`);
    if (!tile) throw new RangeError(`no tile ${level}/${index}`);
    return tile.subarray(0, width * HASH_LENGTH);
  };
  return {
    tiles,
    rootAt: (size) => roots.get(size) as Hash,
    leafAt: (index) => hashAt(tiles(0, Math.floor(index / TILE_WIDTH), TILE_WIDTH), index % TILE_WIDTH),
  };
}

function randomHashes(count: number): Hash[] {
  const bytes = new Uint8Array(randomBytes(count * HASH_LENGTH));
  return Array.from({ length: count }, (_, i) => hashAt(bytes, i));
}
