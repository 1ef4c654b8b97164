import { keystream } from "@quasarix/shared/benchmark/keystream.ts";
import { laplace, type Scale } from "@quasarix/shared/benchmark/laplace.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { describe, expect, test } from "vitest";
import { measure, PATIENCE, sized } from "./measured.ts";
import { noiseChance } from "./noise-model.ts";
import { chiSquareTail } from "./odds.ts";

const DRAWS = sized(60_000, 3_000_000, 3_000_000);

/** The draws of many keys one after the other, as a release takes them: a few of each. */
function drawsOf(b: Scale, name: string): Map<number, number> {
  const seen = new Map<number, number>();
  const keys = 200;
  for (let key = 0; key < keys; key++) {
    const words = keystream(sha256(utf8(`${name}|${key}`)));
    for (let at = 0; at < DRAWS / keys; at++) {
      const noise = laplace(words, b);
      seen.set(noise, (seen.get(noise) ?? 0) + 1);
    }
  }
  return seen;
}

/** Values whose expected count is 10 or more one by one, what lies beyond as one on either side. */
function chiSquare(seen: ReadonlyMap<number, number>, b: number) {
  const chance = noiseChance(b);
  let last = 0;
  while (DRAWS * chance(last + 1) >= 10) last++;
  const within = Array.from({ length: 2 * last + 1 }, (_, at) => at - last);
  const tail = (1 - within.reduce((sum, noise) => sum + chance(noise), 0)) / 2;
  const beyond = [...seen].filter(([noise]) => Math.abs(noise) > last);
  const count = (side: number): number => beyond.reduce((sum, [noise, n]) => sum + (noise * side > 0 ? n : 0), 0);
  const cells = [
    ...within.map((noise) => [seen.get(noise) ?? 0, chance(noise)] as const),
    [count(1), tail] as const,
    [count(-1), tail] as const,
  ];
  const square = cells.reduce((sum, [found, share]) => sum + (found - DRAWS * share) ** 2 / (DRAWS * share), 0);
  return { square, freedom: cells.length - 1 };
}

/** All words of 0 and 1 up to this length, the empty one too. */
const upTo = (length: number): number[][] =>
  length === 0
    ? [[]]
    : [
        [],
        ...upTo(length - 1).flatMap((rest) => [
          [0, ...rest],
          [1, ...rest],
        ]),
      ];

/** What is drawn from these words, nothing where they do not suffice. */
function drawnFrom(words: readonly number[]): number | null {
  let at = 0;
  const next = (): number => {
    const word = words[at++];
    if (word === undefined) throw new RangeError("no more words");
    return word;
  };
  try {
    return laplace(next, [2, 1]);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

describe("R2, the sampler", () => {
  test.each<Scale>([
    [1, 1],
    [2, 1],
    [4, 1],
    [5, 2],
  ])("draws the distribution that is claimed, scale %i/%i", { timeout: PATIENCE }, (numerator, denominator) => {
    const scale = numerator / denominator;
    const { square, freedom } = chiSquare(drawsOf([numerator, denominator], `r2|${scale}`), scale);
    const what = `chi-square tail, b = ${scale} (${square.toFixed(1)} on ${freedom})`;
    measure({ test: "R2", what, size: `${DRAWS} draws`, measured: chiSquareTail(square, freedom), least: 1e-4 });
  });

  test("has no end on either side: planted words reach plus and minus sixty, and far beyond", () => {
    const drawn = upTo(2).flatMap((head) =>
      upTo(2).flatMap((again) =>
        upTo(3).map((tail) => drawnFrom([...head, ...Array(300).fill(again).flat(), ...tail]) ?? 0),
      ),
    );
    const size = `${drawn.length} planted keystreams of up to 605 words`;
    measure({ test: "R2", what: "largest draw", size, measured: Math.max(...drawn), least: 60 });
    measure({ test: "R2", what: "smallest draw", size, measured: Math.min(...drawn), most: -60 });
    expect(Math.max(...drawn)).toBeGreaterThan(500);
  });
});
