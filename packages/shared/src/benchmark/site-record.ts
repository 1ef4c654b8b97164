/** Where a site stands in the tree. Unknown is a name like any other. */
export interface Leaf {
  readonly industry: string;
  readonly region: string;
  readonly country: string;
  readonly tier: string;
}
export const UNKNOWN = "unknown";

/**
 * The counted records of one site in one cohort: at most one a metric, whatever the number of audits and members (BENCHMARKS
 * 1.1). `values`: per metric of the series, in the plan's order, 0 for none, else 1 to 5.
 */
export interface SiteRecord {
  readonly site: string;
  /** Index of the cell in the plan's series. */
  readonly cell: number;
  /** The member that the site counts for; min over its members of HMAC(planKey, site|member). */
  readonly sponsor: string;
  readonly values: Uint8Array;
}

/** What a plan is built from: who was audited and who stands behind it, never a score. */
export interface Participant {
  readonly site: string;
  readonly leaf: Leaf;
  readonly sponsor: string;
  /** Those of the plan's four quarters (`2026-Q1`) that hold an audit of it that counts: a quarterly plan looks at each. */
  readonly quarters: readonly string[];
}
