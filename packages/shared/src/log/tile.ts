import type { Bytes } from "../bytes.ts";
import { concat, u16be } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Hash } from "./tree.ts";
import { HASH_LENGTH } from "./tree.ts";

/** Hashes in a full tile, entries in a full bundle (tlog-tiles). */
export const TILE_WIDTH = 256;
const HIGHEST_LEVEL = 63;

/** `width` is 1 to 256; 256 is a full tile. */
export interface TileRef {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

export type TilePath =
  | ({ readonly kind: "hashes" } & TileRef)
  | { readonly kind: "entries"; readonly index: number; readonly width: number };

export type TilePathRefusal = { readonly reason: "tile-path" };
export type EntriesRefusal = { readonly reason: "entries-truncated"; readonly at: number };

/** FORMATS 4: groups of three digits, all but the last prefixed `x`. */
function numberPath(index: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g) as string[];
  return groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
}

const widthPath = (width: number): string => (width === TILE_WIDTH ? "" : `.p/${width}`);

/** `tile/<L>/<N>[.p/<W>]`, without the `log/` in front of it. */
export const tilePath = (level: number, index: number, width: number = TILE_WIDTH): string =>
  `tile/${level}/${numberPath(index)}${widthPath(width)}`;

/** `tile/entries/<N>[.p/<W>]`. */
export const entriesPath = (index: number, width: number = TILE_WIDTH): string =>
  `tile/entries/${numberPath(index)}${widthPath(width)}`;

const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/;

/** Accepts exactly what `tilePath` and `entriesPath` write: one tile has one path, or caches would hold it twice. */
export function parseTilePath(path: string): Result<TilePath, TilePathRefusal> {
  const parts = PATH.exec(path);
  if (!parts) return fail({ reason: "tile-path" });
  const index = Number((parts[2] as string).replace(/[x/]/g, ""));
  const width = parts[3] === undefined ? TILE_WIDTH : Number(parts[3]);
  if (!Number.isSafeInteger(index) || width < 1 || width > TILE_WIDTH) return fail({ reason: "tile-path" });
  const isEntries = parts[1] === "entries";
  const level = isEntries ? 0 : Number(parts[1]);
  const canonical = isEntries ? entriesPath(index, width) : tilePath(level, index, width);
  if (canonical !== path || level > HIGHEST_LEVEL) return fail({ reason: "tile-path" });
  return ok(isEntries ? { kind: "entries", index, width } : { kind: "hashes", level, index, width });
}

/** How many hashes tile (level, index) holds in a tree of `size`; 0 where it does not exist yet. */
export function widthAt(level: number, index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** Views, not copies. Requires whole hashes: a tile of another length is the reader's to refuse. */
export function splitHashes(tile: Bytes): Hash[] {
  if (tile.length % HASH_LENGTH !== 0) throw new RangeError("a tile holds whole hashes");
  return Array.from({ length: tile.length / HASH_LENGTH }, (_, i) => hashAt(tile, i));
}

export const hashAt = (tile: Bytes, position: number): Hash =>
  tile.subarray(position * HASH_LENGTH, (position + 1) * HASH_LENGTH);

/** FORMATS 4: `u16be length || entry`, repeated. Requires entries below 65,536 bytes. */
export function encodeEntries(entries: readonly Bytes[]): Bytes {
  const parts: Bytes[] = [];
  for (const entry of entries) {
    if (entry.length > 0xffff) throw new RangeError("an entry has at most 65,535 bytes");
    parts.push(u16be(entry.length), entry);
  }
  return concat(...parts);
}

/** Entries of any length; the caller counts them against the bundle's width. `at` is the offset of the entry that is cut short. */
export function decodeEntries(bundle: Bytes): Result<Bytes[], EntriesRefusal> {
  const entries: Bytes[] = [];
  for (let at = 0; at < bundle.length; ) {
    // Half a length reads as one whose entry ends beyond the bundle.
    const end = at + 2 + (((bundle[at] as number) << 8) | (bundle[at + 1] as number));
    if (end > bundle.length) return fail({ reason: "entries-truncated", at });
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return ok(entries);
}
