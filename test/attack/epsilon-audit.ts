import { DOUBT, lowerBound, upperBound } from "./odds.ts";

/** What an attacker saw, run by run, each outcome as the number of its kind: below `kinds`. */
export interface Seen {
  readonly kinds: number;
  readonly inFirst: Uint32Array;
  readonly inSecond: Uint32Array;
}

/** Outcomes as a grid: each number of a run between `low` and `high`, what lies beyond counted with the outermost. */
export function grid(low: number, high: number) {
  const width = high - low + 1;
  const place = (value: number): number => Math.min(high, Math.max(low, value)) - low;
  return {
    kinds: (numbers: number): number => width ** numbers,
    kind: (...numbers: readonly number[]): number => numbers.reduce((sum, value) => sum * width + place(value), 0),
  };
}

/** The runs of three parts: one to learn from, one to choose by, one to judge. */
const third = (runs: Uint32Array, part: 0 | 1 | 2): Uint32Array => {
  const length = Math.floor(runs.length / 3);
  return runs.subarray(part * length, (part + 1) * length);
};

function counts(runs: Uint32Array, kinds: number): Uint32Array {
  const found = new Uint32Array(kinds);
  for (const kind of runs) found[kind] = (found[kind] ?? 0) + 1;
  return found;
}

const SMOOTH = 1;
/** For choosing alone; the judgement is by exact bounds. */
const WILSON = 3.3;

function wilson(hits: number, of: number, side: -1 | 1): number {
  const z2 = WILSON ** 2;
  const middle = hits + z2 / 2;
  const reach = WILSON * Math.sqrt((hits * (of - hits)) / of + z2 / 4);
  return (middle + side * reach) / (of + z2);
}

/** Kinds of outcome, those that speak most for `high` first. */
function ordered(high: Uint32Array, low: Uint32Array): number[] {
  const says = Float64Array.from(high, (count, kind) => Math.log((count + SMOOTH) / ((low[kind] ?? 0) + SMOOTH)));
  const kinds = [...high.keys()].filter((kind) => (high[kind] ?? 0) + (low[kind] ?? 0) > 0);
  return kinds.sort((a, b) => (says[b] ?? 0) - (says[a] ?? 0));
}

function chosen(order: readonly number[], high: Uint32Array, low: Uint32Array, runs: number): number[] {
  let best = { bound: -1, length: 0 };
  let inHigh = 0;
  let inLow = 0;
  for (const [at, kind] of order.entries()) {
    inHigh += high[kind] ?? 0;
    inLow += low[kind] ?? 0;
    const bound = Math.log(wilson(inHigh, runs, -1) / wilson(inLow, runs, 1));
    if (bound > best.bound) best = { bound, length: at + 1 };
  }
  return order.slice(0, best.length);
}

function oneWay(high: Uint32Array, low: Uint32Array, kinds: number): number {
  const order = ordered(counts(third(high, 0), kinds), counts(third(low, 0), kinds));
  const choose = third(high, 1);
  const cut = new Set(chosen(order, counts(choose, kinds), counts(third(low, 1), kinds), choose.length));
  const hits = (runs: Uint32Array): number => runs.reduce((sum, kind) => sum + (cut.has(kind) ? 1 : 0), 0);
  const [judgeHigh, judgeLow] = [third(high, 2), third(low, 2)];
  const atLeast = lowerBound(hits(judgeHigh), judgeHigh.length, DOUBT / 4);
  return Math.log(atLeast / upperBound(hits(judgeLow), judgeLow.length, DOUBT / 4));
}

/**
 * What epsilon is at least, with a confidence of 99.9 %, from runs in two neighbouring worlds: an order of outcomes learnt on
 * the first third, the cut chosen on the second, judged on the third (BENCHMARKS 2.2, R1).
 */
export const epsilonAtLeast = ({ kinds, inFirst, inSecond }: Seen): number =>
  Math.max(0, oneWay(inFirst, inSecond, kinds), oneWay(inSecond, inFirst, kinds));
