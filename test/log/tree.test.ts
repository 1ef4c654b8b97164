import { hex } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { edgeFromTiles, emptyEdge, grow, partialTiles, rootOf } from "@quasarix/shared/log/edge.ts";
import { EMPTY_ROOT, leafHash, rootOfLeaves } from "@quasarix/shared/log/tree.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../runs.ts";
import { append, emptyLog, leavesUpTo, tilesOf } from "./memory-log.ts";
import { referenceLeaf, referenceRoot } from "./reference-tree.ts";

const isLong = process.env["LONG"] === "1";
const leaves = leavesUpTo(isLong ? 70_000 : 3_000);

test("the root of no entries is the hash of no bytes", () => {
  expect(hex(EMPTY_ROOT)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(rootOf(emptyEdge)).toEqual(EMPTY_ROOT);
});

test("a leaf carries the prefix 0x00", () => {
  expect(leafHash(utf8("x"))).toEqual(referenceLeaf(utf8("x")));
});

test("roots of every size up to 600 are those of the recursive definition", () => {
  const log = emptyLog();
  for (let size = 1; size <= 600; size++) {
    append(log, leaves.slice(size - 1, size));
    const root = referenceRoot(leaves.slice(0, size));
    expect(rootOf(log.edge)).toEqual(root);
    expect(rootOfLeaves(leaves.slice(0, size))).toEqual(root);
  }
});

test("growing in random batches gives the root, the tiles and the reloaded edge of one batch", () => {
  const batches = fc.array(fc.integer({ min: 0, max: isLong ? 20_000 : 700 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(batches, (sizes) => {
      const log = emptyLog();
      for (const size of sizes) {
        const from = log.edge.size;
        append(log, leaves.slice(from, from + size));
      }
      const whole = grow(emptyEdge, leaves.slice(0, log.edge.size));
      expect(log.edge).toEqual(whole.edge);
      expect(rootOf(log.edge)).toEqual(referenceRoot(leaves.slice(0, log.edge.size)));
      for (const tile of whole.full) expect(tilesOf(log)(tile.level, tile.index, 256)).toEqual(tile.hashes);
      expect(edgeFromTiles(log.edge.size, tilesOf(log))).toEqual(log.edge);
    }),
    { numRuns: runs(40, 30) },
  );
});

test("full tiles are 8,192 bytes, numbered without a gap, and a tile of the level above holds their roots", () => {
  const { edge, full } = grow(emptyEdge, leaves.slice(0, 2_600));
  expect(full.map((tile) => [tile.level, tile.index])).toEqual(Array.from({ length: 10 }, (_, i) => [0, i]));
  expect(full.every((tile) => tile.hashes.length === 8_192)).toBe(true);
  const above = partialTiles(edge).find((tile) => tile.level === 1);
  expect(above?.width).toBe(10);
  expect(above?.hashes.slice(32, 64)).toEqual(referenceRoot(leaves.slice(256, 512)));
});

test("an edge that has grown leaves the old one as it was", () => {
  const old = grow(emptyEdge, leaves.slice(0, 300)).edge;
  const before = hex(rootOf(old));
  grow(old, leaves.slice(300, 900));
  expect(hex(rootOf(old))).toBe(before);
});
