import type { Bytes } from "../bytes.ts";
import { concat } from "../bytes.ts";
import type { TileRef } from "./tile.ts";
import { hashAt, TILE_WIDTH, widthAt } from "./tile.ts";
import type { Hash } from "./tree.ts";
import { HASH_LENGTH, nodeHash } from "./tree.ts";

/** Bytes of a tile: `width` * 32. Synchronous: an asynchronous caller fetches `tilesForInclusion` or `tilesForConsistency` first. */
export interface TileSource {
  (level: number, index: number, width: number): Bytes;
  /** By height, then index: nodes inside tiles that were hashed before. Perfect subtrees never change, so size is no part of the key. */
  readonly known?: Map<number, Hash>[];
  readonly edge?: EdgeRoots;
}

/** Roots of the ranges that end where the log does, by start: few, shared by all proofs of one size, and of no use at another. */
interface EdgeRoots {
  size: number;
  readonly roots: Map<number, Hash>;
}

/** Half-open range of entries whose subtree root is one hash of a proof. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** A perfect subtree of 2^height entries, the index-th of its row. */
interface Node {
  readonly height: number;
  readonly index: number;
}

const TILE_HEIGHT = 8;

/**
 * Keeps tiles and the nodes inside them, so that the proofs of one group cost O(nodes). May be held for long: at
 * `capacity` tiles (some 30 KB each once all their nodes are known) it starts anew.
 */
export function memoTiles(source: TileSource, capacity = 1024): TileSource {
  const tiles = new Map<string, Bytes>();
  const known: Map<number, Hash>[] = [];
  const read = (level: number, index: number, width: number): Bytes => {
    const name = `${level}/${index}/${width}`;
    const kept = tiles.get(name);
    if (kept) return kept;
    const tile = source(level, index, width);
    if (tiles.size >= capacity) {
      tiles.clear();
      known.length = 0;
    }
    tiles.set(name, tile);
    return tile;
  };
  return Object.assign(read, { known, edge: { size: 0, roots: new Map() } });
}

/** RFC 6962 2.1.1. Requires index < size; throws on a source that returns a short tile. */
export function inclusionPath(index: number, size: number, tiles: TileSource): Hash[] {
  return inclusionRanges(index, size).map((range) => rootOfRange(range, size, tiles));
}

/** The same, hashes joined. */
export const joinedPath = (index: number, size: number, tiles: TileSource): Bytes =>
  concat(...inclusionPath(index, size, tiles));

/** RFC 6962 2.1.2. Requires 0 < m <= n. */
export function consistencyPath(m: number, n: number, tiles: TileSource): Hash[] {
  return consistencyRanges(m, n).map((range) => rootOfRange(range, n, tiles));
}

/** Every tile that `inclusionPath` will read, each once, at its width in a tree of `size`. */
export const tilesForInclusion = (index: number, size: number): TileRef[] =>
  tilesOf(inclusionRanges(index, size), size);

export const tilesForConsistency = (m: number, n: number): TileRef[] => tilesOf(consistencyRanges(m, n), n);

function inclusionRanges(index: number, size: number): Range[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`no entry ${index} in a tree of ${size}`);
  const ranges: Range[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

function consistencyRanges(m: number, n: number): Range[] {
  if (!(m > 0 && m <= n)) throw new RangeError(`no consistency from ${m} to ${n}`);
  const ranges: Range[] = [];
  let start = 0;
  let end = n;
  while (end !== m) {
    const middle = start + split(end - start);
    if (m <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  // RFC 6962 2.1.2: the old root itself is known to the verifier, any other subtree that m ends is not.
  if (start !== 0) ranges.push({ start, end });
  return ranges.reverse();
}

/** The largest power of two below n; n > 1. */
function split(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/** A range of a proof starts at a multiple of its largest perfect subtree, so it falls into perfect subtrees of falling height. */
function nodesOf({ start, end }: Range): Node[] {
  const nodes: Node[] = [];
  for (let at = start; at < end; ) {
    let height = 0;
    let width = 1;
    for (; at + 2 * width <= end; width *= 2) height++;
    nodes.push({ height, index: at / width });
    at += width;
  }
  return nodes;
}

function rootOfRange(range: Range, size: number, tiles: TileSource): Hash {
  const known = range.end === size ? edgeRootsAt(size, tiles) : undefined;
  const before = known?.get(range.start);
  if (before) return before;
  const nodes = nodesOf(range);
  let root = hashOf(nodes.pop() as Node, size, tiles);
  for (let left = nodes.pop(); left; left = nodes.pop()) root = nodeHash(hashOf(left, size, tiles), root);
  known?.set(range.start, root);
  return root;
}

function edgeRootsAt(size: number, { edge }: TileSource): Map<number, Hash> | undefined {
  if (edge && edge.size !== size) {
    edge.roots.clear();
    edge.size = size;
  }
  return edge?.roots;
}

function tileOf({ height, index }: Node, size: number): TileRef {
  const level = Math.floor(height / TILE_HEIGHT);
  const tile = Math.floor((index * 2 ** (height % TILE_HEIGHT)) / TILE_WIDTH);
  return { level, index: tile, width: widthAt(level, tile, size) };
}

function hashOf(node: Node, size: number, tiles: TileSource): Hash {
  const known = tiles.known?.[node.height]?.get(node.index);
  if (known) return known;
  const tile = tileOf(node, size);
  const bytes = tiles(tile.level, tile.index, tile.width);
  if (bytes.length !== tile.width * HASH_LENGTH)
    throw new RangeError(`tile ${tile.level}/${tile.index} is not ${tile.width} wide`);
  return hashIn(bytes, node.height, node.index, tiles);
}

/** A node whose whole subtree, down to the level of its tile, is in that tile. */
function hashIn(bytes: Bytes, height: number, index: number, tiles: TileSource): Hash {
  if (height % TILE_HEIGHT === 0) return hashAt(bytes, index % TILE_WIDTH);
  const row = rowOf(tiles, height);
  const known = row?.get(index);
  if (known) return known;
  const left = hashIn(bytes, height - 1, 2 * index, tiles);
  const hash = nodeHash(left, hashIn(bytes, height - 1, 2 * index + 1, tiles));
  row?.set(index, hash);
  return hash;
}

function rowOf(tiles: TileSource, height: number): Map<number, Hash> | undefined {
  if (!tiles.known) return undefined;
  tiles.known[height] ??= new Map();
  return tiles.known[height];
}

function tilesOf(ranges: readonly Range[], size: number): TileRef[] {
  const tiles = new Map<string, TileRef>();
  for (const node of ranges.flatMap(nodesOf)) {
    const tile = tileOf(node, size);
    tiles.set(`${tile.level}/${tile.index}`, tile);
  }
  return [...tiles.values()];
}
