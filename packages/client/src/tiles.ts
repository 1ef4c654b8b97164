import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { TileSource } from "@quasarix/shared/log/proof.ts";
import { decodeEntries, entriesPath, TILE_WIDTH, type TileRef, tilePath } from "@quasarix/shared/log/tile.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { Answer } from "./refusal.ts";
import { broken } from "./refusal.ts";
import type { Routes } from "./routes.ts";

const HASH_LENGTH = 32;
const AT_ONCE = 8;

/** The log's tiles as the server gives them; what they say is proven only by a root that they lead to. */
export interface Tiles {
  /** Fetches these, so that proofs can be built from them without waiting. */
  gather(wanted: readonly TileRef[]): Promise<Answer<TileSource>>;
  /** The entries of bundle `index`, of which the tree has `width`. */
  entries(index: number, width: number): Promise<Answer<Bytes[]>>;
}

export function tilesOf(routes: Routes): Tiles {
  const full = new Map<string, Bytes>();

  // tlog-tiles: a partial tile may be gone once the full one stands, which begins with the same hashes.
  const read = async (partial: string, whole: string, width: number): Promise<Answer<Bytes>> => {
    const answer = await routes.tile(partial);
    if (answer.ok || width === TILE_WIDTH || !isMissing(answer)) return answer;
    return routes.tile(whole);
  };

  const tile = async ({ level, index, width }: TileRef): Promise<Answer<Bytes>> => {
    const whole = tilePath(level, index);
    const known = full.get(whole);
    if (known) return ok(known.subarray(0, width * HASH_LENGTH));
    const answer = await read(tilePath(level, index, width), whole, width);
    if (!answer.ok) return answer;
    if (answer.value.length < width * HASH_LENGTH) return broken("tile", "too short", tilePath(level, index, width));
    if (answer.value.length === TILE_WIDTH * HASH_LENGTH) full.set(whole, answer.value);
    return ok(answer.value.subarray(0, width * HASH_LENGTH));
  };

  return {
    async gather(wanted) {
      const tiles = new Map<string, Bytes>();
      for (let at = 0; at < wanted.length; at += AT_ONCE) {
        const some = wanted.slice(at, at + AT_ONCE);
        for (const [i, answer] of (await Promise.all(some.map(tile))).entries()) {
          if (!answer.ok) return answer;
          const { level, index } = some[i] as TileRef;
          tiles.set(`${level}/${index}`, answer.value);
        }
      }
      return ok((level, index, width) => {
        const found = tiles.get(`${level}/${index}`);
        if (!found) throw new Error(`tile ${level}/${index} was not gathered`);
        return found.subarray(0, width * HASH_LENGTH);
      });
    },
    async entries(index, width) {
      const path = entriesPath(index, width);
      const answer = await read(path, entriesPath(index), width);
      if (!answer.ok) return answer;
      const entries = decodeEntries(answer.value);
      if (!entries.ok) return broken("entries", entries.failure.reason, path);
      return entries.value.length < width ? broken("entries", "too few", path) : ok(entries.value.slice(0, width));
    },
  };
}

export const isMissing = (answer: Answer<unknown>): boolean =>
  !answer.ok && answer.failure.reason === "problem" && answer.failure.problem.status === 404;
