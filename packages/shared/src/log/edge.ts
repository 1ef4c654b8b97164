import type { Bytes } from "../bytes.ts";
import { concat } from "../bytes.ts";
import { splitHashes, TILE_WIDTH, widthAt } from "./tile.ts";
import type { Hash } from "./tree.ts";
import { EMPTY_ROOT, nodeHash } from "./tree.ts";

/**
 * The right edge of the tiled tree: all that growing and signing needs. `levels[L]` holds the 0 to 255 hashes of the
 * partial tile at level L; `peaks[L]` the roots of their perfect subtrees, largest first, so that an append costs two hashes.
 */
export interface Edge {
  readonly size: number;
  readonly levels: readonly (readonly Hash[])[];
  readonly peaks: readonly (readonly Hash[])[];
}

/** 8,192 bytes, never to change again. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: Bytes;
}

export interface PartialTile extends FullTile {
  readonly width: number;
}

export const emptyEdge: Edge = { size: 0, levels: [], peaks: [] };

/** One row while it grows: the tile's hashes and its binary counter of perfect subtrees. */
interface Row {
  hashes: Hash[];
  peaks: Hash[];
}

/** RFC 6962 2.1: each trailing one bit of the count is a finished subtree to its left. */
function push(row: Row, hash: Hash): void {
  let peak = hash;
  for (let count = row.hashes.length; count % 2 === 1; count = (count - 1) / 2) {
    peak = nodeHash(row.peaks.pop() as Hash, peak);
  }
  row.hashes.push(hash);
  row.peaks.push(peak);
}

/** The edge after `leaves` (leaf hashes) and the tiles that they filled, in rising order at each level. The old edge stays valid. */
export function grow(edge: Edge, leaves: readonly Hash[]): { edge: Edge; full: FullTile[] } {
  const levels = [...edge.levels];
  const peaks = [...edge.peaks];
  const full: FullTile[] = [];
  let arriving = leaves;
  for (let level = 0; arriving.length > 0; level++) {
    let index = Math.floor(edge.size / TILE_WIDTH ** (level + 1));
    const row: Row = { hashes: [...(levels[level] ?? [])], peaks: [...(peaks[level] ?? [])] };
    const finished: Hash[] = [];
    for (const hash of arriving) {
      push(row, hash);
      if (row.hashes.length < TILE_WIDTH) continue;
      full.push({ level, index: index++, hashes: concat(...row.hashes) });
      finished.push(row.peaks[0] as Hash);
      row.hashes = [];
      row.peaks = [];
    }
    levels[level] = row.hashes;
    peaks[level] = row.peaks;
    arriving = finished;
  }
  return { edge: { size: edge.size + leaves.length, levels, peaks }, full };
}

/** The partial tiles of this size, lowest level first; a row of width 0 has none. */
export function partialTiles(edge: Edge): PartialTile[] {
  return edge.levels.flatMap((hashes, level) => {
    const index = Math.floor(edge.size / TILE_WIDTH ** (level + 1));
    return hashes.length === 0 ? [] : [{ level, index, width: hashes.length, hashes: concat(...hashes) }];
  });
}

/** RFC 6962 2.1: the perfect subtrees, folded from the smallest on the right. */
export function rootOf(edge: Edge): Hash {
  let root: Hash | null = null;
  for (const row of edge.peaks) {
    for (const peak of row.toReversed()) root = root ? nodeHash(peak, root) : peak;
  }
  return root ?? EMPTY_ROOT;
}

/** Rebuilds the edge from its partial tiles. The caller compares `rootOf` with a root that it trusts. */
export function edgeFromTiles(size: number, read: (level: number, index: number, width: number) => Bytes): Edge {
  const rows: Row[] = [];
  for (let level = 0; TILE_WIDTH ** level <= size; level++) {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    const width = widthAt(level, index, size);
    const row: Row = { hashes: [], peaks: [] };
    const hashes = width === 0 ? [] : splitHashes(read(level, index, width));
    if (hashes.length !== width)
      throw new RangeError(`tile ${level}/${index} holds ${hashes.length} hashes, not ${width}`);
    for (const hash of hashes) push(row, hash);
    rows.push(row);
  }
  return { size, levels: rows.map((row) => row.hashes), peaks: rows.map((row) => row.peaks) };
}
