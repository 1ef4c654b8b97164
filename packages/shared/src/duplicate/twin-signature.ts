import { mix32 } from "./twin-shingles.ts";

/** The estimate of two sets' overlap J is off by sqrt(J(1-J)/128) on average: 0.035 at 0.8. */
export const PERMUTATIONS = 128;
/** Four rows a band: two sets with J = 0.8 share at least one band but in one case of twenty million, and with 0.3 in one of four. */
export const BANDS = 32;
const ROWS = PERMUTATIONS / BANDS;

// The same permutations everywhere, so that two runs say the same: x -> mix(x * odd + b) on 32-bit numbers, seeded by the index.
const FACTORS = Int32Array.from({ length: PERMUTATIONS }, (_, i) => mix32(2 * i + 1) | 1);
const OFFSETS = Int32Array.from({ length: PERMUTATIONS }, (_, i) => mix32(2 * i + 2));

/** MinHash: under each permutation the smallest of the set. Requires a set that is not empty. */
export function signatureOf(set: Uint32Array): Uint32Array {
  const least = new Uint32Array(PERMUTATIONS).fill(0xffffffff);
  for (const one of set) {
    for (let i = 0; i < PERMUTATIONS; i++) {
      const placed = mix32(Math.imul(one, FACTORS[i] as number) + (OFFSETS[i] as number));
      if (placed < (least[i] as number)) least[i] = placed;
    }
  }
  return least;
}

/** How often two signatures agree: an unbiased estimate of `jaccard` of their sets. */
export function estimate(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let i = 0; i < PERMUTATIONS; i++) if (a[i] === b[i]) equal++;
  return equal / PERMUTATIONS;
}

/** A number for each band: equal where the band's rows are, and with the band's number in it. */
export function bandKeys(signature: Uint32Array): number[] {
  return Array.from({ length: BANDS }, (_, band) => {
    let key = band;
    for (let row = 0; row < ROWS; row++) key = mix32(key ^ (signature[band * ROWS + row] as number));
    return band * 0x1_0000_0000 + key;
  });
}
