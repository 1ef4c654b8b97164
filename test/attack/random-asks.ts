import { below } from "./chance.ts";
import type { Ask } from "./house.ts";

/** What somebody might hope to filter, order or leave out by. */
const NAMES = "path metric industry country region tier member sponsor site without group q filter sort order from to";
const VALUES = "all textiles PT * findings/critical me true 1 -bins 2036-Q1 org_x %00 industry=textiles";
const LANGUAGES = ["en", "de", "fr-CH, de;q=0.8", "*", "xx"];
const ACCEPTS = ["application/json", "text/csv", "text/html", "application/jsonl"];

const oneOf = <T>(next: () => number, items: readonly T[]): T => items[below(next, items.length)] as T;

/** `named` paths are there or not; `cursors` were given out, to whoever. */
export interface Material {
  readonly named: readonly string[];
  readonly hashes: readonly string[];
  readonly cursors: readonly string[];
}

/** A request with filters, selections of several, redundant and re-ordered conditions, pages, forms and languages. */
export function randomAsk(next: () => number, { named, hashes, cursors }: Material): Ask {
  const query = new URLSearchParams();
  for (let left = below(next, 5); left > 0; left--) {
    const name = oneOf(next, NAMES.split(" "));
    query.append(name, oneOf(next, VALUES.split(" ")));
    if (next() < 0.3) query.append(name, oneOf(next, VALUES.split(" ")));
  }
  if (next() < 0.4) query.set("limit", oneOf(next, ["1", "2", "100", "50", "0", "101", "many", "-1"]));
  if (next() < 0.3) query.set("cursor", oneOf(next, [...cursors, "AAAA", "", hashes[0] ?? ""]));
  const text = `${query}`;
  return { path: `${oneOf(next, named)}${text && `?${text}`}`, headers: randomHeaders(next, hashes) };
}

function randomHeaders(next: () => number, hashes: readonly string[]): Record<string, string> {
  return {
    "Accept-Language": oneOf(next, LANGUAGES),
    ...(next() < 0.5 && { Accept: oneOf(next, ACCEPTS) }),
    ...(next() < 0.2 && { Range: oneOf(next, ["bytes=0-9", "bytes=-5", "cells=0-3"]) }),
    ...(next() < 0.4 && {
      "If-None-Match": oneOf(next, [...hashes.map((hash) => `"${hash}"`), `W/"${hashes[0]}"`, '"none"']),
    }),
  };
}
