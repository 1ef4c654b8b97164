import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";

/** Numbers in [0, 1), the same for the same seed in every run (Mulberry32 over the seed's hash). */
export function chance(seed: string): () => number {
  const hash = sha256(utf8(seed));
  let state = new DataView(hash.buffer, hash.byteOffset).getUint32(0);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal (Box and Muller). */
export const normal = (next: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

export const below = (next: () => number, end: number): number => Math.floor(next() * end);

export function shuffled<T>(next: () => number, items: readonly T[]): T[] {
  const mixed = [...items];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = below(next, at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

/** Draws an index with these weights. */
export function weighted(next: () => number, weights: readonly number[]): () => number {
  const upTo: number[] = [];
  for (const weight of weights) upTo.push((upTo.at(-1) ?? 0) + weight);
  return () => {
    const at = next() * (upTo.at(-1) ?? 0);
    const found = upTo.findIndex((bound) => at < bound);
    return found < 0 ? weights.length - 1 : found;
  };
}

/** 1, 1/2, 1/3 and so on, to the power. */
export const zipf = (length: number, power = 1): number[] => Array.from({ length }, (_, i) => (i + 1) ** -power);
