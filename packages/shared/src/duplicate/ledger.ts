import { TOTALS_FROM } from "./batch.ts";
import { amountOf } from "./cents.ts";

/** A recognition that counts, as the projection holds it. */
export interface Recognised {
  readonly statement: string;
  readonly audit: string;
  readonly site: string;
  readonly scheme: string;
  readonly quarterDays: number;
  readonly cents: number | null;
  readonly currency: string | null;
}

/** One figure of the ledger. Every part of it is a sum of what members signed; nothing is estimated, converted or weighted. */
export interface Saved {
  readonly avoided: number;
  readonly days: number;
  /** By currency, in its order as text. */
  readonly money: { currency: string; amount: string }[];
}

/** What adds up: counts, quarters of days, and cents by currency. */
export interface Sums {
  readonly avoided: number;
  readonly quarterDays: number;
  readonly money: readonly { readonly currency: string; readonly cents: number }[];
}

export function sumsOf(recognitions: readonly Pick<Recognised, "quarterDays" | "cents" | "currency">[]): Sums {
  const cents = new Map<string, number>();
  let quarterDays = 0;
  for (const one of recognitions) {
    quarterDays += one.quarterDays;
    if (one.currency !== null) cents.set(one.currency, (cents.get(one.currency) ?? 0) + (one.cents ?? 0));
  }
  const money = [...cents].map(([currency, sum]) => ({ currency, cents: sum }));
  return { avoided: recognitions.length, quarterDays, money };
}

/** Quarters of days are exact as fractions; cents become decimal text. */
export const savedOf = ({ avoided, quarterDays, money }: Sums): Saved => ({
  avoided,
  days: quarterDays / 4,
  money: [...money]
    .sort((a, b) => (a.currency < b.currency ? -1 : 1))
    .map(({ currency, cents }) => ({ currency, amount: amountOf(cents) })),
});

/** A plan that n members share is one audit, so n-1 were avoided; what those would have cost nobody knows. */
export const avoidedByJoints = (joiners: readonly number[]): number =>
  joiners.reduce((sum, n) => sum + Math.max(0, n - 1), 0);

/** A part in what moves a figure, and the batch that made it known. */
export interface Contribution {
  readonly org: string;
  readonly batch: number;
}

/**
 * The last batch up to which a sum over members is shown; null: it is not. It moves only when at least five members had a
 * part in what moved it: the difference of two figures is a sum over members too.
 */
export const shownThrough = (contributions: readonly Contribution[]): number | null =>
  through(contributions, (waiting) => membersOf(waiting) >= TOTALS_FROM);

/** A joiner's part in a plan that was settled; `batch`: that of its last settlement. */
export interface Settled extends Contribution {
  readonly plan: string;
}

/** Fewer joint audits at once would tell a joiner how many it shared with (`avoidedByJoints`). */
export const PLANS_FROM = 3;

/** As `shownThrough`, of joint audits: three at least are added at once, and not all of two, which each of two would know. */
export const plansShownThrough = (settled: readonly Settled[]): number | null =>
  through(settled, (waiting) => {
    const plans = new Set(waiting.map(({ plan }) => plan)).size;
    return membersOf(waiting) >= TOTALS_FROM && plans >= PLANS_FROM && waiting.length > 2 * plans;
  });

const membersOf = (parts: readonly Contribution[]): number => new Set(parts.map(({ org }) => org)).size;

/** Batch by batch; what waits is shown once it is enough. */
function through<T extends Contribution>(parts: readonly T[], isEnough: (waiting: readonly T[]) => boolean) {
  let waiting: T[] = [];
  let shown: number | null = null;
  const batches = [...Map.groupBy(parts, ({ batch }) => batch)].sort(([a], [b]) => a - b);
  for (const [batch, some] of batches) {
    waiting.push(...some);
    if (!isEnough(waiting)) continue;
    shown = batch;
    waiting = [];
  }
  return shown;
}
