import { plusMonths } from "../audit/date.ts";

/** Days inclusive, by audit date; `cutoff` and `notBefore` in Unix seconds. */
export interface CohortDates {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly cutoff: number;
  readonly notBefore: number;
}

const DAY_MS = 86_400_000;
const MONTHS_OLD = 3;
const QUARTER_BY_MONTH = "111222333444";
const FIRST_MONTH = ["01", "04", "07", "10"];

/** The day that an instant (Unix seconds) falls on, in UTC. */
export const dayAt = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
/** 00:00 UTC of a day, in Unix seconds. */
export const startOf = (day: string): number => Math.trunc(Date.parse(day) / 1000);
const dayBefore = (day: string): string => new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);

/** `2026-Q1`, of a day as YYYY-MM-DD. */
export const quarterOf = (day: string): string =>
  `${day.slice(0, 4)}-Q${QUARTER_BY_MONTH[Number(day.slice(5, 7)) - 1]}`;

const firstDay = (quarter: string): string => `${quarter.slice(0, 4)}-${FIRST_MONTH[Number(quarter.slice(6)) - 1]}-01`;

/** So many quarters later; a negative count is earlier. */
export const plusQuarters = (quarter: string, count: number): string =>
  quarterOf(plusMonths(firstDay(quarter), 3 * count));

/** Four quarters, oldest first, whose last one was over for so many months at `now` (Unix seconds). */
export function lastFourQuarters(now: number, monthsOld = 0): readonly [string, string, string, string] {
  const last = plusQuarters(quarterOf(plusMonths(dayAt(now), -monthsOld)), -1);
  return [plusQuarters(last, -3), plusQuarters(last, -2), plusQuarters(last, -1), last];
}

/** The first instant after a cohort, in Unix seconds. */
export const endOf = ({ to }: Pick<CohortDates, "to">): number => startOf(to) + Math.trunc(DAY_MS / 1000);

/** BENCHMARKS 1.3: nothing is published of a cohort before it is three months old. */
export function ageOf({ to }: Pick<CohortDates, "to">): number {
  const after = new Date(Date.parse(to) + DAY_MS).toISOString().slice(0, 10);
  return startOf(plusMonths(after, MONTHS_OLD));
}

function cohort(id: string, from: string, after: string): CohortDates {
  const ready = startOf(plusMonths(after, MONTHS_OLD));
  return { id, from, to: dayBefore(after), cutoff: ready, notBefore: ready };
}

/** Cohorts one after another from `first` on: a quarter (`2026-Q1`) or a year (`2026`). What is not in by the cut-off never counts. */
export function cohortsOf(series: "quarter" | "year", first: string, count: number): CohortDates[] {
  return Array.from({ length: count }, (_, i) => {
    if (series === "year") return yearCohort(Number(first) + i);
    const quarter = plusQuarters(first, i);
    return cohort(quarter, firstDay(quarter), firstDay(plusQuarters(quarter, 1)));
  });
}

const yearCohort = (year: number): CohortDates => cohort(`${year}`, `${year}-01-01`, `${year + 1}-01-01`);

/**
 * BENCHMARKS 1.9: the last four full quarters that were over three months before `now`. History is in already, so the cut-off
 * is what the plan leaves after its vote; all in Unix seconds.
 */
export function foundingCohort(now: number, cutoff: number): CohortDates {
  const [first, , , last] = lastFourQuarters(now, MONTHS_OLD);
  const { from } = cohort(first, firstDay(first), firstDay(plusQuarters(first, 1)));
  const to = dayBefore(firstDay(plusQuarters(last, 1)));
  return { id: `${first}+${last}`, from, to, cutoff, notBefore: cutoff };
}
