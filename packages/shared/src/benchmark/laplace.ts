import { type Below, belowOf, bernoulliExp } from "./bernoulli.ts";
import type { Words } from "./keystream.ts";

/** The noise's scale b as a fraction: P(y) is proportional to exp(-|y|/b). Both below 2^32. */
export type Scale = readonly [numerator: number, denominator: number];

/**
 * One draw of the discrete Laplace distribution, exactly and over all integers (Canonne, Kamath, Steinke 2020, algorithm 2).
 * How many words it takes tells of the draw: in a batch only, never while somebody waits (BENCHMARKS 1.10).
 */
export const laplace = (words: Words, b: Scale): number => laplaceFrom(belowOf(words), b);

export function laplaceFrom(below: Below, [numerator, denominator]: Scale): number {
  for (;;) {
    const part = below(numerator);
    if (!bernoulliExp(below, part, numerator)) continue;
    let whole = part;
    while (bernoulliExp(below, 1, 1)) whole += numerator;
    let size = 0;
    for (; whole >= denominator; whole -= denominator) size++;
    const isNegative = below(2) === 1;
    // Zero would otherwise come up by both signs.
    if (isNegative && size === 0) continue;
    return isNegative ? -size : size;
  }
}
