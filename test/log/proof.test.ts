import type { Bytes } from "@quasarix/shared/bytes.ts";
import {
  consistencyPath,
  inclusionPath,
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

test.each([
  {
    what: "an index at the size",
    verdict: () => verifyInclusion(leaves[0] as Bytes, 1, 1, [], leaves[0] as Bytes),
    reason: "index",
  },
  {
    what: "a negative index",
    verdict: () => verifyInclusion(leaves[0] as Bytes, -1, 1, [], leaves[0] as Bytes),
    reason: "index",
  },
  {
    what: "a hash too many",
    verdict: () => verifyInclusion(leaves[0] as Bytes, 0, 1, [leaves[1] as Bytes], roots[1] as Bytes),
    reason: "path-length",
  },
  {
    what: "a hash too few",
    verdict: () => verifyInclusion(leaves[0] as Bytes, 0, 2, [], roots[2] as Bytes),
    reason: "path-length",
  },
  {
    what: "another leaf",
    verdict: () => verifyInclusion(leaves[1] as Bytes, 0, 2, [leaves[1] as Bytes], roots[2] as Bytes),
    reason: "path",
  },
  {
    what: "consistency from size 0",
    verdict: () => verifyConsistency(0, 2, [], roots[0] as Bytes, roots[2] as Bytes),
    reason: "size",
  },
  {
    what: "a past larger than the present",
    verdict: () => verifyConsistency(3, 2, [], roots[3] as Bytes, roots[2] as Bytes),
    reason: "size",
  },
  {
    what: "a path between equal sizes",
    verdict: () => verifyConsistency(2, 2, [leaves[0] as Bytes], roots[2] as Bytes, roots[2] as Bytes),
    reason: "path-length",
  },
])("$what is refused as $reason", ({ verdict, reason }) => {
  expect(verdict()).toEqual({ ok: false, failure: { reason } });
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

test("the whole tree is consistent with itself", () => {
  expect(verifyConsistency(7, 7, consistencyPath(7, 7, tiles), roots[7] as Bytes, roots[7] as Bytes)).toEqual(fits);
});
