import { type Bytes, concat } from "../bytes.ts";
import { inclusionPath, type TileSource } from "./proof-path.ts";
import { splitHashes, TILE_WIDTH } from "./tile.ts";
import { HASH_LENGTH, type Hash, nodeHash } from "./tree.ts";

/** Siblings of an entry below the root of its tile. */
const TILE_HEIGHT = 8;

/**
 * RFC 6962 2.1.1, hashes joined, for many entries of one tree: those of a full tile share the whole path above it.
 * The same bytes as `inclusionPath`. Requires index < size.
 */
export function joinedPaths(size: number, tiles: TileSource): (index: number) => Bytes {
  const full = new Map<number, (position: number) => Bytes>();
  return (index) => {
    const tile = Math.floor(index / TILE_WIDTH);
    if ((tile + 1) * TILE_WIDTH > size) return concat(...inclusionPath(index, size, tiles));
    const paths = full.get(tile) ?? pathsOfTile(tile, size, tiles);
    full.set(tile, paths);
    return paths(index % TILE_WIDTH);
  };
}

function pathsOfTile(tile: number, size: number, tiles: TileSource): (position: number) => Bytes {
  const rows: Hash[][] = [splitHashes(tiles(0, tile, TILE_WIDTH))];
  for (let height = 1; height < TILE_HEIGHT; height++) rows.push(rowAbove(rows[height - 1] as Hash[]));
  const above = concat(...inclusionPath(tile * TILE_WIDTH, size, tiles).slice(TILE_HEIGHT));
  return (position) => {
    const path = new Uint8Array(TILE_HEIGHT * HASH_LENGTH + above.length);
    for (const [height, row] of rows.entries()) path.set(row[(position >> height) ^ 1] as Hash, height * HASH_LENGTH);
    path.set(above, TILE_HEIGHT * HASH_LENGTH);
    return path;
  };
}

function rowAbove(row: readonly Hash[]): Hash[] {
  const above: Hash[] = [];
  for (let i = 0; i < row.length; i += 2) above.push(nodeHash(row[i] as Hash, row[i + 1] as Hash));
  return above;
}
