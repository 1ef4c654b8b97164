import { epsilonAtLeast, grid } from "./epsilon-audit.ts";
import { binsOf, type Held, type LooksOf, looks, minus } from "./looks.ts";

/** What is left of each run after subtracting what is known; five numbers a run. */
export function leftOver(asked: LooksOf, known: readonly Held[]): Int8Array {
  const left = new Int8Array(5 * asked.runs);
  let at = 0;
  for (const bins of looks(asked)) {
    left.set(minus(bins, binsOf(known)), at);
    at += 5;
  }
  return left;
}

const WIDE = grid(-12, 12);

/** Outcomes as the two bins that the record may be in, in one release. */
const inTwoBins = (left: Int8Array, u: number, v: number): Uint32Array =>
  Uint32Array.from({ length: left.length / 5 }, (_, run) =>
    WIDE.kind(left[5 * run + u - 1] ?? 0, left[5 * run + v - 1] ?? 0),
  );

/** What epsilon is at least, of one release in two worlds whose records differ in these two bins. */
export const oneLook = (first: Int8Array, second: Int8Array, u: number, v: number): number =>
  epsilonAtLeast({ kinds: WIDE.kinds(2), inFirst: inTwoBins(first, u, v), inSecond: inTwoBins(second, u, v) });
