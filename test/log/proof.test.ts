import { type Bytes, concat } from "@quasarix/shared/bytes.ts";
import {
  consistencyPath,
  inclusionPath,
  joinedPath,
  memoTiles,
  tilesForConsistency,
  tilesForInclusion,
  verifyConsistency,
  verifyInclusion,
} from "@quasarix/shared/log/proof.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { append, emptyLog, leavesUpTo, tilesOf } from "./memory-log.ts";
import { referenceConsistency, referenceInclusion, referenceRoot } from "./reference-tree.ts";

const largest = process.env["LONG"] === "1" ? 300 : 120;
const leaves = leavesUpTo(70_000);
const log = emptyLog();
for (let size = 1; size <= largest; size++) append(log, leaves.slice(size - 1, size));
const tiles = memoTiles(tilesOf(log));
const roots = Array.from({ length: largest + 1 }, (_, size) => referenceRoot(leaves.slice(0, size)));
const fits = { ok: true, value: true };

test(`every inclusion proof up to size ${largest} verifies, and fails for the next index`, () => {
  for (let size = 1; size <= largest; size++) {
    for (let index = 0; index < size; index++) {
      const path = inclusionPath(index, size, tiles);
      const leaf = leaves[index] as Bytes;
      if (!verifyInclusion(leaf, index, size, path, roots[size] as Bytes).ok) expect.fail(`${index} in ${size}`);
      if (verifyInclusion(leaf, index + 1, size, path, roots[size] as Bytes).ok)
        expect.fail(`${index} in ${size} moved`);
    }
  }
});

test(`every consistency proof up to size ${largest} verifies, and fails with the roots swapped`, () => {
  for (let n = 1; n <= largest; n++) {
    for (let m = 1; m <= n; m++) {
      const path = consistencyPath(m, n, tiles);
      const [old, now] = [roots[m] as Bytes, roots[n] as Bytes];
      if (!verifyConsistency(m, n, path, old, now).ok) expect.fail(`${m} to ${n}`);
      if (m !== n && verifyConsistency(m, n, path, now, old).ok) expect.fail(`${m} to ${n} swapped`);
    }
  }
});

test("paths over tiles of several levels are those of the recursive definition, from exactly the tiles named before", () => {
  const big = emptyLog();
  append(big, leaves.slice(0, 65_000));
  append(big, leaves.slice(65_000));
  const size = big.edge.size;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: size - 1 }), (index) => {
      const named = new Set(tilesForInclusion(index, size).map((tile) => Object.values(tile).join("/")));
      const read = new Set<string>();
      const source = (level: number, at: number, width: number) => {
        read.add(`${level}/${at}/${width}`);
        return tilesOf(big)(level, at, width);
      };
      expect(inclusionPath(index, size, source)).toEqual(referenceInclusion(index, leaves));
      expect(read).toEqual(named);
    }),
    { numRuns: 5 },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: size }), (m) => {
      const named = new Map(tilesForConsistency(m, size).map((tile) => [`${tile.level}/${tile.index}`, tile]));
      const source = (level: number, at: number, width: number) => {
        if (named.get(`${level}/${at}`)?.width !== width) throw new Error("a tile nobody named");
        return tilesOf(big)(level, at, width);
      };
      expect(consistencyPath(m, size, source)).toEqual(referenceConsistency(m, leaves));
    }),
    { numRuns: 5 },
  );
});

const [a, b, c, d] = leaves as [Bytes, Bytes, Bytes, Bytes];
const root = (size: number) => roots[size] as Bytes;
const short = a.subarray(0, 31);

test.each([
  { what: "an index at the size", verdict: () => verifyInclusion(a, 1, 1, [], a), reason: "index" },
  { what: "a negative index", verdict: () => verifyInclusion(a, -1, 1, [], a), reason: "index" },
  { what: "an index in no tree", verdict: () => verifyInclusion(a, 0, 0, [], a), reason: "index" },
  { what: "a leaf of 31 bytes", verdict: () => verifyInclusion(short, 0, 1, [], short), reason: "hash-length" },
  { what: "a hash of 31 bytes", verdict: () => verifyInclusion(a, 0, 2, [short], root(2)), reason: "hash-length" },
  { what: "a hash too many", verdict: () => verifyInclusion(a, 0, 1, [b], root(1)), reason: "path-length" },
  { what: "a hash too few", verdict: () => verifyInclusion(a, 0, 2, [], root(2)), reason: "path-length" },
  { what: "no hash for the last of three", verdict: () => verifyInclusion(c, 2, 3, [], c), reason: "path-length" },
  { what: "another leaf", verdict: () => verifyInclusion(b, 0, 2, [b], root(2)), reason: "path" },
  { what: "consistency from size 0", verdict: () => verifyConsistency(0, 2, [], root(0), root(2)), reason: "size" },
  { what: "a past below nothing", verdict: () => verifyConsistency(-1, 2, [], root(1), root(2)), reason: "size" },
  { what: "a past above the present", verdict: () => verifyConsistency(3, 2, [], root(3), root(2)), reason: "size" },
  {
    what: "a path between equals",
    verdict: () => verifyConsistency(2, 2, [a], root(2), root(2)),
    reason: "path-length",
  },
  { what: "two roots of one size", verdict: () => verifyConsistency(2, 2, [], root(2), root(3)), reason: "path" },
  {
    what: "no path from two to three",
    verdict: () => verifyConsistency(2, 3, [], root(2), root(3)),
    reason: "path-length",
  },
  {
    what: "no path from three to four",
    verdict: () => verifyConsistency(3, 4, [], root(3), root(4)),
    reason: "path-length",
  },
  { what: "no path between equal roots", verdict: () => verifyConsistency(1, 2, [], a, a), reason: "path-length" },
  {
    what: "a short step to the present",
    verdict: () => verifyConsistency(1, 2, [short], a, root(2)),
    reason: "hash-length",
  },
  { what: "a step too many", verdict: () => verifyConsistency(1, 2, [b, c], a, root(2)), reason: "path-length" },
  { what: "a step too few", verdict: () => verifyConsistency(3, 4, [c, d], root(3), root(4)), reason: "path-length" },
  { what: "a step to another leaf", verdict: () => verifyConsistency(1, 2, [c], a, root(2)), reason: "path" },
  { what: "another past", verdict: () => verifyConsistency(2, 3, [c], root(1), root(3)), reason: "path" },
])("$what is refused as $reason", ({ verdict, reason }) => {
  expect(verdict()).toEqual({ ok: false, failure: { reason } });
});

test.each([
  { what: "an entry at the size", ask: () => inclusionPath(5, 5, tiles), says: "no entry 5 in a tree of 5" },
  { what: "an entry before the first", ask: () => tilesForInclusion(-1, 5), says: "no entry -1 in a tree of 5" },
  { what: "a past of nothing", ask: () => consistencyPath(0, 5, tiles), says: "no consistency from 0 to 5" },
  { what: "a past that is to come", ask: () => tilesForConsistency(6, 5), says: "no consistency from 6 to 5" },
  {
    what: "a tile that the source cut short",
    ask: () => inclusionPath(3, 40, (...at) => tilesOf(log)(...at).subarray(32)),
    says: "tile 0/0 is not 40 wide",
  },
])("no proof is made of $what", ({ ask, says }) => {
  expect(ask).toThrow(new RangeError(says));
});

test("a memory of tiles hashes no node twice, and knows the log's edge by its size", () => {
  const source = memoTiles(tilesOf(log));
  const first = inclusionPath(3, 100, source);
  inclusionPath(40, 100, source);
  const again = inclusionPath(3, 100, source);
  expect(again).toEqual(first);
  // The first is cut out of the tile, the others were hashed.
  expect(again.slice(1).map((hash, i) => hash === first[i + 1])).toEqual(Array(6).fill(true));
  for (const size of [90, 100, 90]) {
    expect(inclusionPath(3, size, source)).toEqual(referenceInclusion(3, leaves.slice(0, size)));
    expect(joinedPath(3, size, source)).toEqual(concat(...referenceInclusion(3, leaves.slice(0, size))));
  }
});

test("a memory of tiles that is full starts anew and proves the same", () => {
  const read: string[] = [];
  const source = memoTiles((level, index, width) => {
    read.push(`${level}/${index}/${width}`);
    return tilesOf(log)(level, index, width);
  }, 2);
  for (const size of [40, 41, 42, 40, 40]) {
    const path = inclusionPath(3, size, source);
    expect(verifyInclusion(leaves[3] as Bytes, 3, size, path, roots[size] as Bytes)).toEqual(fits);
  }
  expect(read).toEqual(["0/0/40", "0/0/41", "0/0/42", "0/0/40"]);
});

test("a memory of tiles holds as many as it may", () => {
  const read: number[] = [];
  const source = memoTiles((level, index, width) => {
    read.push(width);
    return tilesOf(log)(level, index, width);
  }, 2);
  for (const size of [40, 41, 40, 41, 42, 41]) inclusionPath(3, size, source);
  expect(read).toEqual([40, 41, 42, 41]);
});

test("a proof reads the entry's own tile and those above it", () => {
  expect(tilesForInclusion(0, 512)).toEqual([
    { level: 0, index: 0, width: 256 },
    { level: 1, index: 0, width: 2 },
  ]);
});

test("an earlier tree is consistent with a later one, and the whole tree with itself", () => {
  expect(verifyConsistency(3, 7, consistencyPath(3, 7, tiles), root(3), root(7))).toEqual(fits);
  expect(verifyConsistency(7, 7, consistencyPath(7, 7, tiles), roots[7] as Bytes, roots[7] as Bytes)).toEqual(fits);
});
