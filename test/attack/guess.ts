import { PRIOR } from "./member-level.ts";
import { noiseChance } from "./noise-model.ts";

/** What one look leaves of the five scores that a record may have: likelihoods, in the noise that the plan claims. */
function likelihoods(left: readonly number[], b: number): number[] {
  const noise = noiseChance(b);
  return PRIOR.map((_, score) => left.reduce((product, bin, at) => product * noise(bin - (at === score ? 1 : 0)), 1));
}

export interface Guess {
  readonly score: number;
  /** The largest of any two scores' odds after looking, over their odds before. */
  readonly odds: number;
}

/** The best guess of one score, all others known, from what several looks left over. */
export function guessed(looks: readonly (readonly number[])[], b: number): Guess {
  const joint = looks.map((left) => likelihoods(left, b)).reduce((all, one) => all.map((x, at) => x * (one[at] ?? 0)));
  const after = joint.map((likely, score) => likely * (PRIOR[score] ?? 0));
  return { score: after.indexOf(Math.max(...after)) + 1, odds: Math.max(...joint) / Math.min(...joint) };
}

/** A score as the pool has them. */
export function drawScore(next: () => number): number {
  let rest = next();
  let score = 1;
  while (score < 5 && rest >= (PRIOR[score - 1] ?? 0)) rest -= PRIOR[score++ - 1] ?? 0;
  return score;
}
