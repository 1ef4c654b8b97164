import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { Edge } from "@quasarix/shared/log/edge.ts";
import { emptyEdge, grow, partialTiles } from "@quasarix/shared/log/edge.ts";
import type { TileSource } from "@quasarix/shared/log/proof-path.ts";
import { referenceLeaf } from "./reference-tree.ts";

/** A log in memory that keeps every tile it ever had, each under its width. */
export interface MemoryLog {
  edge: Edge;
  readonly tiles: Map<string, Bytes>;
}

export const emptyLog = (): MemoryLog => ({ edge: emptyEdge, tiles: new Map() });

export function append(log: MemoryLog, leaves: readonly Bytes[]): void {
  const grown = grow(log.edge, leaves);
  log.edge = grown.edge;
  for (const tile of grown.full) log.tiles.set(`${tile.level}/${tile.index}/256`, tile.hashes);
  for (const tile of partialTiles(grown.edge)) {
    log.tiles.set(`${tile.level}/${tile.index}/${tile.width}`, tile.hashes);
  }
}

/** Throws for a tile that no size of this log had: a proof that asks for one is wrong. */
export const tilesOf =
  (log: MemoryLog): TileSource =>
  (level, index, width) => {
    const tile = log.tiles.get(`${level}/${index}/${width}`);
    if (!tile) throw new Error(`no tile ${level}/${index}/${width}`);
    return tile;
  };

export const leavesUpTo = (count: number): Bytes[] =>
  Array.from({ length: count }, (_, i) => referenceLeaf(new TextEncoder().encode(`entry ${i}`)));
