import { METRIC_BINS, metricKind } from "../metric.ts";
import { BETTER_END } from "./figures.ts";
import { histogram } from "./place.ts";

/** One's own figure of one site. `day`: of its audit; null where the file does not say. */
export interface OwnValue {
  readonly site: string;
  readonly metric: string;
  /** 1 to 5, the number of a bin. */
  readonly value: number;
  readonly day: string | null;
}

/** One value a site and metric: of the latest audit, as a release counts it. Between days unknown the later row wins. */
export function latestOf<T extends OwnValue>(values: readonly T[]): T[] {
  const latest = new Map<string, T>();
  for (const one of values) {
    const key = `${one.metric}|${one.site}`;
    const before = latest.get(key);
    if (before === undefined || (before.day ?? "") <= (one.day ?? "")) latest.set(key, one);
  }
  return [...latest.values()];
}

/** Those of a cohort, by audit day, inclusive. A value without a day belongs to whatever is asked. */
export const within = <T extends OwnValue>(values: readonly T[], from: string, to: string): T[] =>
  values.filter(({ day }) => day === null || (day >= from && day <= to));

/** Of one's own suppliers, exact: nobody else's are in it. */
export interface OwnFigures {
  readonly metric: string;
  readonly sites: number;
  readonly bins: readonly { readonly label: string; readonly sites: number }[];
  /** How many stand at the better end. */
  readonly better: { readonly says: string; readonly sites: number };
  readonly mean: number | null;
}

export function ownFigures(metric: string, values: readonly OwnValue[]): OwnFigures | null {
  const own = latestOf(values.filter((one) => one.metric === metric)).map(({ value }) => value);
  if (own.length === 0) return null;
  const kind = metricKind(metric);
  const bins = histogram(own);
  const { says, weights } = BETTER_END[kind];
  const total = own.reduce((all, value) => all + value, 0);
  return {
    metric,
    sites: own.length,
    bins: METRIC_BINS[kind].labels.map((label, j) => ({ label, sites: bins[j as 0] })),
    better: { says, sites: bins.reduce((all, bin, j) => all + bin * (weights[j] as number), 0) },
    mean: kind === "score" ? total / own.length : null,
  };
}

/** One's own change, over the sites that have both an earlier and a later audit: others coming and going is no change. */
export interface OwnChange {
  readonly metric: string;
  readonly sites: number;
  readonly better: number;
  readonly worse: number;
  readonly same: number;
}

export function ownChange(metric: string, values: readonly OwnValue[]): OwnChange | null {
  const bySite = Map.groupBy(
    values.filter((one) => one.metric === metric && one.day !== null),
    ({ site }) => site,
  );
  const sign = METRIC_BINS[metricKind(metric)].better === "high" ? 1 : -1;
  const changes: number[] = [];
  for (const all of bySite.values()) {
    const ordered = all.toSorted((a, b) => ((a.day ?? "") < (b.day ?? "") ? -1 : 1));
    const [last, before] = [ordered.at(-1), ordered.at(-2)];
    if (last && before) changes.push(sign * (last.value - before.value));
  }
  if (changes.length === 0) return null;
  const better = changes.filter((by) => by > 0).length;
  const worse = changes.filter((by) => by < 0).length;
  return { metric, sites: changes.length, better, worse, same: changes.length - better - worse };
}
