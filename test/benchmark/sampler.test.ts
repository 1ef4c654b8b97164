import { type Below, belowOf, bernoulliExp } from "@quasarix/shared/benchmark/bernoulli.ts";
import { keystream } from "@quasarix/shared/benchmark/keystream.ts";
import { laplace, type Scale } from "@quasarix/shared/benchmark/laplace.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { describe, expect, test } from "vitest";

const scripted = (words: readonly number[]) => {
  const left = [...words];
  return () => left.shift() ?? expect.fail("took more words than it should");
};

describe("a whole number below n", () => {
  test.each([
    { n: 1, words: [], gives: 0, says: "one value takes no word" },
    { n: 3, words: [0xffff_fffe], gives: 2, says: "the last word of the last whole multiple counts" },
    { n: 3, words: [0xffff_ffff, 4], gives: 1, says: "the word past it is thrown away" },
    { n: 0x8000_0001, words: [0x8000_0001, 0xffff_ffff, 0x8000_0000], gives: 0x8000_0000, says: "nearly half may be" },
    { n: 0x1_0000_0000, words: [0xffff_ffff], gives: 0xffff_ffff, says: "every word counts where n is all of them" },
  ])("$says", ({ n, words, gives }) => {
    expect(belowOf(scripted(words))(n)).toBe(gives);
  });
});

class Undecided extends Error {}

interface Tally {
  yes: number;
  undecided: number;
}

/** Every way that the first `depth` throws can fall, each with its probability. */
function enumerate(
  coin: (below: Below) => boolean,
  depth: number,
  path: readonly number[],
  weight: number,
  into: Tally,
) {
  let at = 0;
  let wanted = 0;
  const below: Below = (n) => {
    if (n === 1) return 0;
    if (at < path.length) return path[at++] as number;
    wanted = n;
    throw new Undecided();
  };
  try {
    if (coin(below)) into.yes += weight;
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    if (path.length === depth) into.undecided += weight;
    else for (let face = 0; face < wanted; face++) enumerate(coin, depth, [...path, face], weight / wanted, into);
  }
}

describe("a coin of exp(-p/q), all its ways enumerated", () => {
  test.each([
    [0, 1],
    [1, 1],
    [1, 2],
    [1, 3],
    [2, 3],
    [3, 4],
    [3, 2],
    [5, 2],
    [2, 1],
  ])("exp(-%i/%i) lies between what is decided and what is still open", (p, q) => {
    const tally = { yes: 0, undecided: 0 };
    enumerate((below) => bernoulliExp(below, p, q), 10, [], 1, tally);
    const slack = 1e-12;
    expect(tally.undecided).toBeLessThan(0.02);
    expect(Math.exp(-p / q)).toBeGreaterThanOrEqual(tally.yes - slack);
    expect(Math.exp(-p / q)).toBeLessThanOrEqual(tally.yes + tally.undecided + slack);
  });
});

const DRAWS = process.env["LONG"] === "1" ? 3_000_000 : 300_000;

/** P(y) of the discrete Laplace distribution of scale b. */
const chance = (y: number, b: number): number => Math.tanh(1 / (2 * b)) * Math.exp(-Math.abs(y) / b);

/** Wilson and Hilferty: how many standard deviations a chi-square lies above what is expected of it. */
const deviations = (square: number, freedom: number): number =>
  (Math.cbrt(square / freedom) - (1 - 2 / (9 * freedom))) / Math.sqrt(2 / (9 * freedom));

/** Values by which at least ten draws are expected, each a class of its own; the two tails one class each. */
function chiSquare(draws: ReadonlyMap<number, number>, b: number): { square: number; freedom: number } {
  let edge = 0;
  while (DRAWS * chance(edge + 1, b) >= 10) edge++;
  const classes = new Map<number, { seen: number; expected: number }>();
  for (let y = -edge; y <= edge; y++) classes.set(y, { seen: 0, expected: DRAWS * chance(y, b) });
  const within = [...classes.values()].reduce((sum, { expected }) => sum + expected, 0);
  for (const y of [-edge - 1, edge + 1]) classes.set(y, { seen: 0, expected: (DRAWS - within) / 2 });
  for (const [y, count] of draws) {
    const own = classes.get(Math.max(-edge - 1, Math.min(edge + 1, y)));
    if (own) own.seen += count;
  }
  const square = [...classes.values()].reduce((sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected, 0);
  return { square, freedom: classes.size - 1 };
}

describe("discrete Laplace draws", () => {
  test.each<{ b: Scale }>([{ b: [1, 1] }, { b: [2, 1] }, { b: [4, 1] }, { b: [5, 2] }])(
    "of scale $b are as their exact distribution says (p > 1e-4)",
    ({ b }) => {
      const words = keystream(sha256(utf8(`seed of ${b.join("/")}`)));
      const seen = new Map<number, number>();
      for (let i = 0; i < DRAWS; i++) {
        const y = laplace(words, b);
        seen.set(y, (seen.get(y) ?? 0) + 1);
      }
      const { square, freedom } = chiSquare(seen, b[0] / b[1]);
      expect(deviations(square, freedom)).toBeLessThan(3.72);
      // Too good is as wrong as too bad.
      expect(deviations(square, freedom)).toBeGreaterThan(-3.72);
    },
  );

  test.each([-1, 1])("have no bound: a stream that says so gives 1,000 times %i", (sign) => {
    const once = [0, 1];
    const ends = [1, sign < 0 ? 1 : 0];
    const words = [0, 0, ...Array.from({ length: 500 }, () => once).flat(), ...ends];
    expect(laplace(scripted(words), [2, 1])).toBe(sign * 1000);
  });

  test("a negative zero is drawn again, so that zero is not twice as likely", () => {
    expect(laplace(scripted([1, 1, 0, 1, 1, 0]), [1, 1])).toBe(1);
  });
});
