import type { Estimate } from "./estimate.ts";

/** Below and above nothing more is said (BENCHMARKS 1.3.5): a printed 0 or 100 would be taken for a fact about every supplier. */
const LEAST = 3;
const MOST = 97;

/** A share as it may be shown anywhere, files for machines included: whole points from 3 to 97. */
export interface Percent {
  readonly percent: number;
  /** `<` beside 3 and `>` beside 97: what lies beyond is not told apart. */
  readonly bound: "<" | ">" | null;
  readonly margin: number;
  readonly noise: number;
  readonly draw: number;
}

/** Whole points, rounded up: a margin never says less than it is. */
export const points = (share: number): number => Math.max(1, Math.ceil(100 * share - 1e-9));

export function percentOf({ value, margin, noise, draw }: Estimate): Percent {
  const rounded = Math.round(100 * value);
  const bound = rounded < LEAST ? "<" : rounded > MOST ? ">" : null;
  return {
    percent: Math.min(MOST, Math.max(LEAST, rounded)),
    bound,
    margin: points(margin),
    noise: points(noise),
    draw: points(draw),
  };
}

/** `46 %`, `< 3 %`, `> 97 %`. */
export const shareText = ({ percent, bound }: Percent): string => `${bound === null ? "" : `${bound} `}${percent} %`;

/** `46 % +- 9`. */
export const percentText = (share: Percent): string => `${shareText(share)} +- ${share.margin}`;

/** A score as it may be shown: one decimal, the margin rounded up. */
export interface Amount {
  readonly value: number;
  readonly margin: number;
}

const tenths = (value: number): number => Math.round(10 * value) / 10;

export const amountOf = ({ value, margin }: Pick<Estimate, "value" | "margin">): Amount => ({
  value: tenths(value),
  margin: Math.max(0.1, Math.ceil(10 * margin - 1e-9) / 10),
});

/** `3.4 +- 0.5`. */
export const amountText = ({ value, margin }: Amount): string => `${value.toFixed(1)} +- ${margin.toFixed(1)}`;
