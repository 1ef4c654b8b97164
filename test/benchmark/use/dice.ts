import { keystream, type Words } from "@quasarix/shared/benchmark/keystream.ts";
import { laplace, type Scale } from "@quasarix/shared/benchmark/laplace.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";

export const wordsOf = (seed: string): Words => keystream(sha256(utf8(seed)));

/** The real sampler, one stream for all that a test draws. */
export function noiseFor(seed: string, b: Scale): () => number {
  const words = wordsOf(seed);
  return () => laplace(words, b);
}

const CUMULATED = [0.1, 0.3, 0.6, 0.88, 1];

/** A pool of scores, and the histogram of those that a draw leaves of it. */
export function sampleFrom(seed: string, counted: number, of: number): { all: number[]; drawn: number[] } {
  const words = wordsOf(seed);
  const dice = () => words() / 0x1_0000_0000;
  const pool = Array.from({ length: of }, () => {
    const at = dice();
    return CUMULATED.findIndex((up) => at < up);
  });
  const all = [0, 0, 0, 0, 0];
  for (const score of pool) all[score] = (all[score] as number) + 1;
  const drawn = [0, 0, 0, 0, 0];
  for (let taken = 0; taken < counted; taken++) {
    const [score] = pool.splice(Math.floor(dice() * pool.length), 1) as [number];
    drawn[score] = (drawn[score] as number) + 1;
  }
  return { all, drawn };
}
