import { describe, test } from "vitest";
import { epsilonAtLeast, grid } from "./epsilon-audit.ts";
import { leftOver, oneLook } from "./left-over.ts";
import { binsOf, type Held, looksTwice, minus } from "./looks.ts";
import { measure, PATIENCE, sized } from "./measured.ts";

const THIRD = sized(2_500, 20_000, 400_000);
const TWICE_THIRD = sized(300, 10_000, 100_000);
/** Of every world but the two of the pair that `npm test` looks at. */
const OTHER_THIRD = sized(1_000, THIRD, THIRD);

const runsOf = (third: number): string => `${third} runs a world and third`;

/** All that the attacker knows, in one bin alone, so that the others show what becomes of a zero. */
const KNOWN: readonly Held[] = ["a", "b", "c", "d"].map((name) => ({ sponsor: `org_${name}`, value: 3 }));
const victim = (value: number): Held => ({ sponsor: "org_victim", value });

type World = 1 | 2 | 3 | 4 | 5 | "absent";
const recordsOf = (world: World): Held[] => (world === "absent" ? [...KNOWN] : [...KNOWN, victim(world)]);

const held = new Map<string, Int8Array>();

/** Each world is run once for all tests that it is in, which may look at a part of its runs. */
function runs(world: World, cohort: string, third = OTHER_THIRD): Int8Array {
  const name = `${world} ${cohort}`;
  const known = held.get(name);
  if (known && known.length >= 15 * third) return known.subarray(0, 15 * third);
  const made = leftOver({ seed: `r1 ${name}`, records: recordsOf(world), runs: 3 * third, cohort }, KNOWN);
  held.set(name, made);
  return made;
}

const NARROW = grid(-1, 2);

/** Outcomes as the two bins in two releases: only on which side of the step they lie is worth telling apart. */
const inTwoLooks = (first: Int8Array, second: Int8Array, u: number, v: number): Uint32Array =>
  Uint32Array.from({ length: first.length / 5 }, (_, run) =>
    NARROW.kind(...[first, second].flatMap((left) => [left[5 * run + u - 1] ?? 0, left[5 * run + v - 1] ?? 0])),
  );

const SCORES = [1, 2, 3, 4, 5] as const;
const PAIRS = SCORES.flatMap((u) => SCORES.filter((v) => v > u).map((v) => [u, v] as const));

describe("R1, epsilon at least, at 99.9 %", () => {
  test.each(sized([[2, 4] as const], PAIRS, PAIRS))("a score of %i or of %i", { timeout: PATIENCE }, (u, v) => {
    const measured = oneLook(runs(u, "2026-Q1", THIRD), runs(v, "2026-Q1", THIRD), u, v);
    const least = sized(0.6, 0.75, 0.9);
    measure({ test: "R1", what: `a score is ${u} or ${v}`, size: runsOf(THIRD), measured, least, most: 1 });
  });

  test("a record is there or not", { timeout: PATIENCE }, () => {
    const measured = oneLook(runs(2, "2026-Q1"), runs("absent", "2026-Q1"), 2, 4);
    const what = "a record is there or not, below the cap (theory .5)";
    measure({ test: "R1", what, size: runsOf(OTHER_THIRD), measured, least: sized(0.1, 0.3, 0.4), most: 1 });
  });

  test("a score in the quarterly and in the yearly series", { timeout: PATIENCE }, () => {
    const joint = (world: 2 | 4): Uint32Array => inTwoLooks(runs(world, "2026-Q1"), runs(world, "2026"), 2, 4);
    const measured = epsilonAtLeast({ kinds: NARROW.kinds(4), inFirst: joint(2), inSecond: joint(4) });
    const what = "a score is 2 or 4, quarter and year together";
    measure({ test: "R1", what, size: runsOf(OTHER_THIRD), measured, least: sized(0.6, 1.5, 1.8), most: 2 });
  });

  test("the same release asked for twice gives no second look", { timeout: PATIENCE }, () => {
    let differ = 0;
    const twice = (world: 2 | 4): Uint32Array => {
      const asked = { seed: `r1 twice ${world}`, records: recordsOf(world), runs: 3 * TWICE_THIRD };
      const left = [...looksTwice(asked)].map((pair) => pair.map((bins) => minus(bins, binsOf(KNOWN))));
      differ += left.filter(([first, second]) => String(first) !== String(second)).length;
      return Uint32Array.from(left, (pair) => NARROW.kind(...pair.flatMap((bins) => [bins[1] ?? 0, bins[3] ?? 0])));
    };
    const measured = epsilonAtLeast({ kinds: NARROW.kinds(4), inFirst: twice(2), inSecond: twice(4) });
    const what = "a score is 2 or 4, the release made twice";
    measure({
      test: "R1",
      what: "releases that differ when made again",
      size: runsOf(TWICE_THIRD),
      measured: differ,
      most: 0,
    });
    measure({ test: "R1", what, size: runsOf(TWICE_THIRD), measured, least: sized(0, 0.7, 0.85), most: 1 });
  });
});
