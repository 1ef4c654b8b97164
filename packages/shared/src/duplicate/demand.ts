import type { SiteId } from "../wire/ids.ts";
import { TOTALS_FROM } from "./batch.ts";
import type { Standing } from "./plan.ts";
import { topicsShown } from "./proprietary.ts";

/** What the supplier of a site hears of its customers' plans: that there are some, by when, about what. */
export interface Demand {
  readonly site: SiteId;
  /** YYYY-MM of the first window that ends; null among few members. */
  readonly by: string | null;
  /** What any of them needs, sorted; null among few members. */
  readonly topics: readonly string[] | null;
}

/** Null: nobody plans anything here from this month on. No names and no numbers: one customer reads as ten do. */
export function demandAt(
  site: SiteId,
  plans: readonly Standing[],
  { today, active }: { readonly today: string; readonly active: number },
): Demand | null {
  // To the month, as it is said: on the day that it goes, a window's end would be known to the day.
  const ahead = plans.filter(({ intent }) => intent.until.slice(0, 7) >= today.slice(0, 7));
  if (ahead.length === 0) return null;
  if (active < TOTALS_FROM) return { site, by: null, topics: null };
  const ends = ahead.map(({ intent }) => intent.until).sort();
  const topics = topicsShown(ahead.flatMap(({ intent }) => intent.topics));
  return { site, by: (ends[0] as string).slice(0, 7), topics };
}
