import type { Profile, SeriesName } from "./plan.ts";

/** Why a plan cannot be made. `missing.ts` says it in words. */
export type PlanRefusal =
  | { readonly reason: "too-few-members"; readonly members: number; readonly needed: number }
  | { readonly reason: "other-profile"; readonly profile: Profile; readonly members: number }
  | { readonly reason: "series-together"; readonly series: readonly SeriesName[] }
  | { readonly reason: "no-such-series"; readonly profile: Profile; readonly series: SeriesName }
  | {
      readonly reason: "too-many-metrics";
      readonly series: SeriesName;
      readonly metrics: number;
      readonly most: number;
    }
  /** Unix seconds: the vote has to be over by `latest`. */
  | { readonly reason: "commits-late"; readonly series: SeriesName; readonly commitBy: number; readonly latest: number }
  | TooFewCounted;

export interface TooFewCounted {
  readonly reason: "too-few-counted";
  readonly series: SeriesName;
  /** Active ones. */
  readonly members: number;
  /** Suppliers of one member that count at most. */
  readonly most: number;
  /** Suppliers that count, and members with one that does; of a quarterly series in its thinnest quarter. */
  readonly counted: number;
  readonly sponsors: number;
  /** Suppliers that count over all four quarters. */
  readonly overall: number;
  readonly needed: { readonly counted: number; readonly sponsors: number };
  /** What the same audits would be enough for. */
  readonly instead: readonly SeriesName[];
}
