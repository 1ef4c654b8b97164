export interface Scored {
  readonly odds: number;
  readonly same: boolean;
  readonly doubt: boolean;
}

export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export function figures(right: number, wrong: number, missed: number): Figures {
  const precision = right + wrong === 0 ? 1 : right / (right + wrong);
  const recall = right + missed === 0 ? 1 : right / (right + missed);
  return { precision, recall, f1: (2 * right) / Math.max(1, 2 * right + wrong + missed) };
}

/** Taking for one site what has these log odds or more; `unseen` pairs count as missed. */
export function figuresAt(scored: readonly Scored[], unseen: number, odds: number, sure = false): Figures {
  const taken = scored.filter((it) => it.odds >= odds && !(sure && it.doubt));
  const right = taken.filter(({ same }) => same).length;
  return figures(right, taken.length - right, scored.filter(({ same }) => same).length + unseen - right);
}

const STEPS = Array.from({ length: 181 }, (_, i) => (i - 80) / 20);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * `likely` where the mean F1 of the sets is highest; `same` where the mean precision is .99 and stays so above.
 * Both are means over sets, so that none decides by its size.
 */
export function thresholdFor(
  sets: readonly (readonly Scored[])[],
  unseen: readonly number[],
): { likely: number; same: number } {
  const at = (odds: number, sure: boolean) => sets.map((set, k) => figuresAt(set, unseen[k] ?? 0, odds, sure));
  const f1 = (odds: number) => mean(at(odds, false).map((it) => it.f1));
  const likely = STEPS.reduce((best, odds) => (f1(odds) > f1(best) ? odds : best), 0);
  const precise = (odds: number) => mean(at(odds, true).map((it) => it.precision)) >= 0.99;
  const below = STEPS.findLastIndex((odds) => !precise(odds));
  return { likely, same: Math.max(likely, STEPS[below + 1] ?? Number.POSITIVE_INFINITY) };
}

/** The recall at the lowest odds from which precision is .99 or more. */
export function recallAtPrecision(scored: readonly Scored[], unseen: number, precision: number): number {
  const sorted = [...scored].sort((a, b) => b.odds - a.odds);
  const all = sorted.filter(({ same }) => same).length + unseen;
  let right = 0;
  let best = 0;
  for (const [i, { same }] of sorted.entries()) {
    if (same) right++;
    if (right / (i + 1) >= precision) best = right;
  }
  return best / all;
}
