import type { Bytes } from "@quasarix/shared/bytes.ts";
import {
  decodeEntries,
  encodeEntries,
  entriesPath,
  parseTilePath,
  splitHashes,
  tilePath,
  widthAt,
} from "@quasarix/shared/log/tile.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

test.each([
  { path: tilePath(0, 1234067), is: "tile/0/x001/x234/067" },
  { path: tilePath(2, 0, 1), is: "tile/2/000.p/1" },
  { path: tilePath(1, 999), is: "tile/1/999" },
  { path: tilePath(1, 1000, 255), is: "tile/1/x001/000.p/255" },
  { path: entriesPath(1234067), is: "tile/entries/x001/x234/067" },
  { path: entriesPath(5, 17), is: "tile/entries/005.p/17" },
])("$is is written so", ({ path, is }) => {
  expect(path).toBe(is);
});

test("every tile has one path, which parses back to it", () => {
  const index = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  const width = fc.integer({ min: 1, max: 256 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 63 }), index, width, (level, at, wide) => {
      expect(parseTilePath(tilePath(level, at, wide))).toEqual({
        ok: true,
        value: { kind: "hashes", level, index: at, width: wide },
      });
      expect(parseTilePath(entriesPath(at, wide))).toEqual({
        ok: true,
        value: { kind: "entries", index: at, width: wide },
      });
    }),
  );
});

test.each([
  "",
  "checkpoint",
  "tile/0/0",
  "tile/0/1234067",
  "tile/0/x000/067",
  "tile/0/x001/x234/x067",
  "tile/0/001/234/067",
  "tile/00/067",
  "tile/64/067",
  "tile/-1/067",
  "tile/0/067.p/0",
  "tile/0/067.p/01",
  "tile/0/067.p/256",
  "tile/0/067.p/300",
  "tile/0/067/",
  "/tile/0/067",
  "tile/0/067\n",
  "tile/0/../067",
  "tile/entries/x999/x999/x999/x999/x999/999",
  "tile/entries/x009/x007/x199/x254/x740/992",
  "xtile/0/067",
  "tile/data/067",
])("`%s` is no path of a tile", (path) => {
  expect(parseTilePath(path)).toEqual({ ok: false, failure: { reason: "tile-path" } });
});

test("a changed character never names the same tile", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 256 }), fc.nat(), fc.string(), (index, width, at, put) => {
      const path = tilePath(3, index, width);
      const cut = at % path.length;
      const changed = path.slice(0, cut) + put + path.slice(cut + 1);
      const parsed = parseTilePath(changed);
      if (parsed.ok && parsed.value.kind === "hashes") {
        expect(tilePath(parsed.value.level, parsed.value.index, parsed.value.width)).toBe(changed);
      }
    }),
  );
});

const entries = fc.array(fc.uint8Array({ maxLength: 300 })) as fc.Arbitrary<Bytes[]>;

test("a bundle of entries of any length reads back", () => {
  fc.assert(
    fc.property(entries, (list) => {
      const decoded = decodeEntries(encodeEntries(list));
      expect(decoded.ok && decoded.value.map((entry) => new Uint8Array(entry))).toEqual(list);
    }),
  );
});

test("a bundle cut short is refused at the entry that lost its end", () => {
  const bundle = encodeEntries([new Uint8Array(57), new Uint8Array(57)]);
  expect(decodeEntries(bundle.slice(0, 60))).toEqual({ ok: false, failure: { reason: "entries-truncated", at: 59 } });
  expect(decodeEntries(bundle.slice(0, 117))).toEqual({ ok: false, failure: { reason: "entries-truncated", at: 59 } });
  expect(decodeEntries(bundle.slice(0, 59)).ok).toBe(true);
});

test("an entry beyond 65,535 bytes has no bundle", () => {
  expect(() => encodeEntries([new Uint8Array(65_536)])).toThrow(RangeError);
  expect(encodeEntries([new Uint8Array(65_535)])).toHaveLength(65_537);
});

test.each([
  { level: 0, index: 0, size: 0, width: 0 },
  { level: 0, index: 0, size: 255, width: 255 },
  { level: 0, index: 0, size: 256, width: 256 },
  { level: 0, index: 1, size: 256, width: 0 },
  { level: 1, index: 0, size: 255, width: 0 },
  { level: 1, index: 0, size: 70_000, width: 256 },
  { level: 1, index: 1, size: 70_000, width: 17 },
  { level: 6, index: 0, size: Number.MAX_SAFE_INTEGER, width: 31 },
])("tile $level/$index of a tree of $size is $width wide", ({ level, index, size, width }) => {
  expect(widthAt(level, index, size)).toBe(width);
});

test("the topmost level has paths", () => {
  expect(parseTilePath("tile/63/000.p/1")).toEqual({
    ok: true,
    value: { kind: "hashes", level: 63, index: 0, width: 1 },
  });
});

test("a tile splits into its hashes, each at its place", () => {
  const tile = Uint8Array.from({ length: 96 }, (_, i) => i);
  expect(splitHashes(tile)).toEqual([tile.slice(0, 32), tile.slice(32, 64), tile.slice(64)]);
});

test.each([
  { what: "an empty entry at the end", bundle: [0, 1, 7, 0, 0], is: [[7], []] },
  { what: "an entry of 258 bytes", bundle: [1, 2, ...Array(258).fill(9)], is: [Array(258).fill(9)] },
])("a bundle with $what reads so", ({ bundle, is }) => {
  expect(decodeEntries(Uint8Array.from(bundle))).toEqual({
    ok: true,
    value: is.map((entry) => Uint8Array.from(entry)),
  });
});

test("a bundle that ends in half a length is refused there", () => {
  expect(decodeEntries(Uint8Array.of(0, 1, 7, 0))).toEqual({
    ok: false,
    failure: { reason: "entries-truncated", at: 3 },
  });
});

test("a tile holds whole hashes", () => {
  expect(() => splitHashes(new Uint8Array(33))).toThrow(RangeError);
});
