import type { CohortDates } from "./cohorts.ts";
import type { SeriesName } from "./plan.ts";

/**
 * What a score may enter at most: one release of its quarter and one of its year (BENCHMARKS 1.6). A founding release is of
 * quarters: what it counted is in no quarterly one.
 */
const LOOKS: Readonly<Record<SeriesName, "quarter" | "year">> = {
  quarter: "quarter",
  year: "year",
  founding: "quarter",
};

type Days = Pick<CohortDates, "id" | "from" | "to">;

/** Of a plan what says when it looks, and how. */
export interface Looks {
  readonly series: readonly { readonly name: SeriesName; readonly cohorts: readonly Days[] }[];
}

export interface SecondLook {
  /** The plan's cohort. */
  readonly cohort: string;
  /** The cohort of an adopted plan that counts some of its days already. */
  readonly taken: string;
}

/**
 * The first cohort whose days another plan looks at in the same way: the eps of both would add up, and noise be averaged out.
 * Null: there is none.
 */
export function secondLook(plan: Looks, adopted: readonly Looks[]): SecondLook | null {
  const taken = adopted.flatMap(daysOf);
  for (const { look, days } of daysOf(plan)) {
    const other = taken.find((one) => one.look === look && one.days.from <= days.to && days.from <= one.days.to);
    if (other) return { cohort: days.id, taken: other.days.id };
  }
  return null;
}

const daysOf = ({ series }: Looks) =>
  series.flatMap(({ name, cohorts }) => cohorts.map((days) => ({ look: LOOKS[name], days })));
