import type { Plan, Profile, SeriesName } from "./plan.ts";

/** What a profile fixes (BENCHMARKS 4 and 1.9), as the plan's file says it. */
export type ProfileRule = Pick<Plan, "K" | "W" | "floor" | "b" | "says">;

export const FEWEST_MEMBERS = 5;
/** From so many active members on, the first profile holds. */
export const MEMBERS_OF_EIGHT = 8;

/** Which profile so many active members plan under; null: too few for any. */
export function profileOf(activeMembers: number): Profile | null {
  if (activeMembers >= MEMBERS_OF_EIGHT) return "eight";
  return activeMembers >= FEWEST_MEMBERS ? "small" : null;
}

const EIGHT: ProfileRule = {
  K: 5,
  W: 40,
  floor: { counted: 25, sponsors: 8 },
  b: [2, 1],
  says: "8 or more companies",
};

/** The smallest count that forces five members and leaves each at most a quarter. */
const forcing = (K: number): number => 4 * K + 1;

function small(activeMembers: number): ProfileRule {
  const K = activeMembers === FEWEST_MEMBERS ? 10 : 8;
  return { K, W: 40, floor: { counted: forcing(K), sponsors: FEWEST_MEMBERS }, b: [2, 1], says: "5 or more companies" };
}

export const profileRule = (profile: Profile, activeMembers: number): ProfileRule =>
  profile === "eight" ? EIGHT : small(activeMembers);

const FOUNDING_MARK = "imported by members, not a sample";

/** What stands on every figure beside its margin. */
export const marksOf = (series: readonly SeriesName[]): string[] =>
  series.includes("founding") ? [FOUNDING_MARK] : [];

/** BENCHMARKS 1.1 and 1.9: how many metrics a series may have; null: a profile has no such series. */
export function mostMetrics(profile: Profile, series: SeriesName): number | null {
  if (profile === "small") return series === "quarter" ? null : 10;
  return series === "quarter" ? 10 : 30;
}

/** A plan lets no cell pass that is thinner than its profile allows. */
export function holdsFloor({ profile, K, W, floor }: Pick<Plan, "profile" | "K" | "W" | "floor">): boolean {
  const least = profile === "eight" ? EIGHT.floor : { counted: forcing(K), sponsors: FEWEST_MEMBERS };
  return W >= EIGHT.W && floor.counted >= least.counted && floor.sponsors >= least.sponsors;
}
