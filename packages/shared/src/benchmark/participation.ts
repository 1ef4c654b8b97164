import { quarterOf } from "./cohorts.ts";

/** That a site was audited on a day, and whether by an accredited auditor: nothing of what was found. */
export interface Audited {
  readonly site: string;
  readonly day: string;
  readonly accredited: boolean;
}

/** A site that a plan may count on, and in which of its four quarters it was audited. */
export interface Present {
  readonly site: string;
  readonly quarters: readonly string[];
}

interface Seen {
  readonly quarters: Set<string>;
  hasAccredited: boolean;
}

/**
 * Who took part, gathered audit by audit. A site counts where it was audited in the four quarters, and besides in at least two
 * past quarters or by an accredited auditor: invented sites of an afternoon shape no plan (BENCHMARKS 2.2, R7).
 */
export class Participation {
  readonly #bySite = new Map<string, Seen>();
  readonly #four: ReadonlySet<string>;
  readonly #present: string;
  readonly #isFounding: boolean;

  /** `today`: a quarter that it lies in is not past. A founding plan counts accredited auditors' audits alone. */
  constructor(
    four: readonly string[],
    { today, isFounding }: { readonly today: string; readonly isFounding: boolean },
  ) {
    this.#four = new Set(four);
    this.#present = quarterOf(today);
    this.#isFounding = isFounding;
  }

  add({ site, day, accredited }: Audited): void {
    const quarter = quarterOf(day);
    if (quarter >= this.#present || (this.#isFounding && !accredited)) return;
    const seen = this.#bySite.get(site) ?? { quarters: new Set(), hasAccredited: false };
    seen.quarters.add(quarter);
    seen.hasAccredited ||= accredited;
    this.#bySite.set(site, seen);
  }

  /** Ascending by site. */
  present(): Present[] {
    const counted = [...this.#bySite].filter(([, seen]) => seen.hasAccredited || seen.quarters.size >= 2);
    return counted
      .map(([site, { quarters }]) => ({ site, quarters: [...quarters].filter((one) => this.#four.has(one)).sort() }))
      .filter(({ quarters }) => quarters.length > 0)
      .sort((a, b) => (a.site < b.site ? -1 : 1));
  }
}
