/** What is kept of a site in a cohort: per metric of the series a value, 0 for none, and the day of the audit that it is from. */
export interface Kept {
  readonly values: Uint8Array;
  /** YYYY-MM-DD; empty where there is no value. */
  readonly days: readonly string[];
}

/** Of one audit, as they come in the order of the log. */
export interface AuditValues {
  readonly day: string;
  readonly values: Uint8Array;
}

/**
 * One record a site and metric (BENCHMARKS 1.1): the latest audit day wins, of one day the later in the log. Whether an audit
 * says anything of a metric counts, and never what it says.
 */
export function withLatest(kept: Kept | null, { day, values }: AuditValues): Kept {
  const next = kept?.values.slice() ?? new Uint8Array(values.length);
  const days = kept ? [...kept.days] : Array<string>(values.length).fill("");
  for (const [metric, value] of values.entries()) {
    if (value === 0 || day < (days[metric] as string)) continue;
    next[metric] = value;
    days[metric] = day;
  }
  return { values: next, days };
}
