import { type Bytes, concat, u32be } from "@quasarix/shared/bytes.ts";
import { emptyEdge, grow, partialTiles } from "@quasarix/shared/log/edge.ts";
import { joinedPaths } from "@quasarix/shared/log/group-path.ts";
import { inclusionPath, memoTiles } from "@quasarix/shared/log/proof-path.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { expect, test } from "vitest";

const LARGEST = process.env["LONG"] === "1" ? 66_000 : 1_300;

const leaves = Array.from({ length: LARGEST }, (_, i) => leafHash(u32be(i)));

function tilesAt(size: number): (level: number, index: number, width: number) => Bytes {
  const { edge, full } = grow(emptyEdge, leaves.slice(0, size));
  const tiles = new Map([...full, ...partialTiles(edge)].map((tile) => [`${tile.level}/${tile.index}`, tile.hashes]));
  return (level, index, width) => (tiles.get(`${level}/${index}`) as Bytes).subarray(0, width * 32);
}

test.each([1, 2, 255, 256, 257, 511, 512, 513, 1_024, 1_025, LARGEST])(
  "the paths of all entries of a tree of %i are those that are built one by one",
  (size) => {
    const tiles = memoTiles(tilesAt(size));
    const pathOf = joinedPaths(size, tiles);
    const isSlow = size > 10_000;
    for (let index = 0; index < size; index += isSlow ? 97 : 1) {
      expect(pathOf(index)).toEqual(concat(...inclusionPath(index, size, tiles)));
    }
  },
);
