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

/** Something that moves the consortium's figures, and which batch made it known. */
export interface Contribution {
  readonly org: string;
  readonly batch: number;
}

/**
 * The last batch up to which the consortium's figures are shown; null: they are not. They move only when at least five
 * members had a part in what moved them: the difference of two figures is a sum over members too.
 */
export function shownThrough(contributions: readonly Contribution[]): number | null {
  const waiting = new Set<string>();
  let shown: number | null = null;
  for (const { batch, orgs } of byBatch(contributions)) {
    for (const org of orgs) waiting.add(org);
    if (waiting.size < TOTALS_FROM) continue;
    shown = batch;
    waiting.clear();
  }
  return shown;
}

function byBatch(contributions: readonly Contribution[]): { batch: number; orgs: string[] }[] {
  const groups = Map.groupBy(contributions, ({ batch }) => batch);
  return [...groups].sort(([a], [b]) => a - b).map(([batch, some]) => ({ batch, orgs: some.map(({ org }) => org) }));
}
