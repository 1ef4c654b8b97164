import { chance } from "./chance.ts";
import { drawScore, guessed } from "./guess.ts";
import { binsOf, type Held, looks, minus, type Rule } from "./looks.ts";
import { measure } from "./measured.ts";

/** An attacker who knows every record of a cell but one, and the scale of the noise. */
export interface GuessCase {
  readonly test: string;
  readonly others: string;
  readonly known: readonly Held[];
  readonly sponsor: string;
  readonly releases: number;
  readonly rule: Rule;
}

/** What is left of as many releases of a cell as there are scores, each score in its own. */
function leftOf({ test, known, sponsor, rule }: GuessCase, cohort: string, scores: readonly number[]): number[][] {
  const left = scores.map(() => [] as number[]);
  for (const value of [1, 2, 3, 4, 5]) {
    const own = [...scores.keys()].filter((run) => scores[run] === value);
    const records = [...known, { sponsor, value }];
    const runs = looks({ seed: `${test} guess ${value}`, records, runs: own.length, cohort, rule });
    for (const run of own) left[run] = minus(runs.next().value ?? [], binsOf(known));
  }
  return left;
}

/** By one series, and by the quarterly and the yearly one together (BENCHMARKS 1.6: 41 and 46 % in theory). */
export function measureGuesses(asked: GuessCase): void {
  const { test, releases, others } = asked;
  const b = asked.rule.b[0] / asked.rule.b[1];
  const next = chance(`${test} scores`);
  const scores = Array.from({ length: releases }, () => drawScore(next));
  const [quarter, year] = [leftOf(asked, "2026-Q1", scores), leftOf(asked, "2026", scores)];
  const size = `${releases} releases, others ${others}`;
  const report = (what: string, looked: readonly (readonly number[][])[], least: number, most: number): void => {
    const guesses = scores.map((_, run) =>
      guessed(
        looked.map((one) => one[run] ?? []),
        b,
      ),
    );
    const hits = guesses.filter(({ score }, run) => score === scores[run]).length;
    measure({
      test,
      what: `guessed right by ${what} (best guess before: .33)`,
      size,
      measured: hits / releases,
      least,
      most,
    });
    const odds = Math.max(...guesses.map((guess) => guess.odds));
    const mostOdds = Math.exp(looked.length) + 1e-9;
    measure({ test, what: `odds over prior odds by ${what}`, size, measured: odds, most: mostOdds });
  };
  report("one series", [quarter], 0.37, 0.44);
  report("both series", [quarter, year], 0.41, 0.49);
}
