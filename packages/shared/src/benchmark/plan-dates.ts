import { fail, ok, type Result } from "../result.ts";
import { type CohortDates, cohortsOf, dayAt, endOf, foundingCohort, lastFourQuarters, quarterOf } from "./cohorts.ts";
import type { SeriesName } from "./plan.ts";
import type { ProposalAsk } from "./releasing.ts";

/** When what a plan is asked for is counted, and by when it has to be adopted; Unix seconds. */
export interface PlanDates {
  readonly series: readonly { readonly name: SeriesName; readonly cohorts: readonly CohortDates[] }[];
  /** The four quarters whose participation the plan is built from. */
  readonly quarters: readonly string[];
  readonly commitBy: number;
}

export interface DateRefusal {
  readonly reason: "ask";
  readonly pointer: string;
  readonly message: string;
}

const VOTE_SECONDS = 14 * 86_400;
const MONTHS_OLD = 3;

/** `foundingSeconds`: between a founding plan's vote and its cut-off. */
export function planDates(
  { kind, from, commitBy }: Pick<ProposalAsk, "kind" | "from" | "commitBy">,
  { now, foundingSeconds }: { readonly now: number; readonly foundingSeconds: number },
): Result<PlanDates, DateRefusal> {
  if (kind !== "founding" && commitBy !== undefined)
    return refused("/commitBy", "a plan of quarters or years is voted on until its first cohort is over");
  if (kind === "founding") {
    if (from !== undefined) return refused("/from", "a founding plan is of the last four quarters that are old enough");
    return founding(commitBy ?? now + VOTE_SECONDS, now, foundingSeconds);
  }
  const series = seriesFrom(kind, from ?? quarterOf(dayAt(now)));
  if (!series) return refused("/from", kind === "quarter" ? "must be a quarter" : "must be a year");
  const ends = series.flatMap(({ cohorts }) => cohorts.map(endOf));
  const first = Math.min(...ends);
  if (first <= now) return refused("/from", "this cohort is over: its plan would come after it");
  return ok({ series, quarters: lastFourQuarters(now), commitBy: first });
}

const refused = (pointer: string, message: string) => fail({ reason: "ask", pointer, message } as const);

function founding(commitBy: number, now: number, foundingSeconds: number): Result<PlanDates, DateRefusal> {
  if (commitBy <= now) return refused("/commitBy", "must be later than now, for members to vote");
  const cohort = foundingCohort(now, commitBy + foundingSeconds);
  const quarters = lastFourQuarters(now, MONTHS_OLD);
  return ok({ series: [{ name: "founding", cohorts: [cohort] }], quarters, commitBy });
}

/** A plan is for a year: four quarters, or the rest of the year's beside its year. Null: `from` is not of this kind. */
function seriesFrom(kind: "quarter" | "year" | "both", from: string): PlanDates["series"] | null {
  const [year = "", quarter] = from.split("-Q");
  const years = { name: "year" as const, cohorts: cohortsOf("year", year, 1) };
  if (kind === "year") return [years];
  const first = Number(quarter ?? 1);
  if (kind === "both")
    return [{ name: "quarter", cohorts: cohortsOf("quarter", `${year}-Q${first}`, 5 - first) }, years];
  return quarter === undefined ? null : [{ name: "quarter", cohorts: cohortsOf("quarter", from, 4) }];
}
