import { evidenceOf, weigh } from "./evidence.ts";
import type { MatchPlace } from "./place.ts";
import { type Prepared, prepare } from "./prepared.ts";
import { type Reason, reasonsFor, turned } from "./reasons.ts";
import { judge, type Verdict } from "./verdict.ts";
import { WEIGHTS } from "./weights.ts";

export interface Match {
  readonly verdict: Verdict;
  /** 0 to 1; from one half on it is more than chance, and never `distinct`. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** One of the two orders, by what is compared: so that a and b, and b and a, are the same question. */
function inOrder(a: Prepared, b: Prepared): boolean {
  const textOf = ({ tokens, parts }: Prepared) => [...tokens, "|", ...parts.words, "|", ...parts.numbers].join(" ");
  return textOf(a) <= textOf(b);
}

/** As `matchSites`, for places that are compared with many. */
export function matchPrepared(a: Prepared, b: Prepared): Match {
  const kept = inOrder(a, b);
  const [first, second] = kept ? [a, b] : [b, a];
  const weighing = weigh(first, second);
  const reasons = reasonsFor(first, second, weighing);
  return { ...judge(evidenceOf(weighing), WEIGHTS), reasons: kept ? reasons : reasons.map(turned) };
}

/**
 * Are two places one site? `same` may be believed without asking (precision of at least .99 on the labelled pairs that
 * `npm run try:match` reports), `likely` is for a person to look at, `unknown` says that too little is given.
 * The answer is the same for (b, a), for names in another case or order of words, and everywhere.
 */
export const matchSites = (a: MatchPlace, b: MatchPlace): Match => matchPrepared(prepare(a), prepare(b));
