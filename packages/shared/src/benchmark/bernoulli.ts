import type { Words } from "./keystream.ts";

/** A whole number from 0 to n-1, each as likely; 1 <= n <= 2^32. */
export type Below = (n: number) => number;

const ALL_WORDS = 0x1_0000_0000;

/** By rejection: words past the last whole multiple of n are thrown away. One value alone takes no word. */
export const belowOf =
  (words: Words): Below =>
  (n) => {
    if (n === 1) return 0;
    const end = ALL_WORDS - (ALL_WORDS % n);
    for (;;) {
      const word = words();
      if (word < end) return word % n;
    }
  };

/** True with probability exp(-p/q), exactly (Canonne, Kamath, Steinke 2020, algorithm 1). Requires 0 <= p and 1 <= q, both < 2^32. */
export function bernoulliExp(below: Below, p: number, q: number): boolean {
  let rest = p;
  for (; rest > q; rest -= q) if (!bernoulliExpSmall(below, 1, 1)) return false;
  return bernoulliExpSmall(below, rest, q);
}

/** For p <= q: the first k at which a coin of p/(qk) fails is odd with probability exp(-p/q). */
function bernoulliExpSmall(below: Below, p: number, q: number): boolean {
  let k = 1;
  // As two coins, p/q and 1/k, so that no product has to fit a word.
  while (below(q) < p && below(k) === 0) k++;
  return k % 2 === 1;
}
