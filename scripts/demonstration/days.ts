import { foundingCohort } from "@quasarix/shared/benchmark/cohorts.ts";

const DAY_MS = 86_400_000;

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const plusDays = (day: string, count: number): string => dayOf(Date.parse(day) + count * DAY_MS);

/** `count` days from `from` on. */
export interface Days {
  readonly from: string;
  readonly count: number;
}

const QUARTER = 88;

/** The four quarters that a founding release made `now` (Unix ms) counts, and days enough of the one after them. */
export function fiveQuarters(now: number): Days {
  const seconds = Math.floor(now / 1000);
  const { from, to } = foundingCohort(seconds, seconds);
  return { from, count: 1 + Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + QUARTER };
}
