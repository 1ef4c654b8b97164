import type { AcceptancePolicy } from "./acceptance.ts";
import { DETAIL_FROM } from "./batch.ts";
import { type Cover, covers, type Need } from "./covers.ts";
import type { AuditForEvaluation } from "./evaluate.ts";
import { type AgeBand, ageBandOf } from "./intent-answer.ts";
import { asHeard } from "./proprietary.ts";

/** An audit whose existence the asker may hear of. */
export interface HeldAudit extends AuditForEvaluation {
  /** The asker handed it in itself. */
  readonly own: boolean;
  /** Its site's supplier told all members of it: nothing of it is anybody's secret, among however few. */
  readonly published: boolean;
}

/** A site of the asker's list. `isPlanned`: another member's intent stands there, as of the batch. */
export interface ListedSite {
  readonly site: string;
  readonly audits: readonly HeldAudit[];
  readonly isPlanned: boolean;
}

export interface OverlapAsk {
  readonly need: AcceptancePolicy | Need;
  /** Active members as of the batch. */
  readonly active: number;
  /** YYYY-MM-DD: for one's own audits. */
  readonly today: string;
  /** For others' that nobody published: asked for day by day, `today` would date an audit to the day. */
  readonly batchDay: string;
}

/** `yes` and `no` among few members, where anything more would tell whose audit it is. */
export const SITE_STATES = ["usable", "planned", "expired", "unknown", "yes", "no"] as const;
export type SiteState = (typeof SITE_STATES)[number];

export interface SiteOverlap {
  readonly site: string;
  readonly state: SiteState;
  /** Said of the asker's own audit; of others' nothing then. */
  readonly own: boolean;
  /** Of the usable audit; null where there is none, or among few. */
  readonly age: AgeBand | null;
  /** Topics that it lacks; null like `age`. */
  readonly missing: string[] | null;
}

interface Judged {
  readonly audit: HeldAudit;
  readonly cover: Cover;
}

/** DESIGN 9: what is known of each site, and of whose doing nothing. The same bytes whoever holds an audit, and however many do. */
export function overlapOf(sites: readonly ListedSite[], ask: OverlapAsk): SiteOverlap[] {
  return sites.map((one) => siteOverlap(one, ask)).sort((a, b) => (a.site < b.site ? -1 : 1));
}

/** The UTC day of a moment in Unix ms. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function siteOverlap({ site, audits, isPlanned }: ListedSite, ask: OverlapAsk): SiteOverlap {
  const judged = audits.map(asHeard).map((audit) => ({
    audit,
    cover: covers(ask.need, audit, dayFor(audit, ask)),
  }));
  const isDetailed = ask.active >= DETAIL_FROM;
  const [best] = judged.filter((one) => isSaid(one, isDetailed)).sort(bestFirst);
  if (best && (isDetailed || isTold(best.audit))) return shown(site, best, isDetailed, dayFor(best.audit, ask));
  const own = judged.filter(({ audit }) => audit.own);
  if (!isDetailed) return without(site, best ? "yes" : "no", !best && own.length > 0);
  if (isPlanned) return without(site, "planned", false);
  const isExpired = ({ cover }: Judged) => cover.isExpired;
  return without(site, judged.some(isExpired) ? "expired" : "unknown", own.some(isExpired));
}

/** No secret of another's. */
const isTold = ({ own, published }: HeldAudit): boolean => own || published;
const dayFor = (audit: HeldAudit, { today, batchDay }: OverlapAsk): string => (isTold(audit) ? today : batchDay);

/** Among few members another's audit counts only where nothing is missing: there is no way to say what is. */
const isSaid = ({ audit, cover }: Judged, isDetailed: boolean): boolean =>
  cover.covers !== "no" && (isDetailed || isTold(audit) || cover.missing.length === 0);

/** By what is shown of them alone, so that two alike are one. Of equals one's own, then what is published: others' are no news then. */
const bestFirst = (a: Judged, b: Judged): number =>
  a.cover.missing.length - b.cover.missing.length ||
  Number(b.audit.own) - Number(a.audit.own) ||
  Number(b.audit.published) - Number(a.audit.published) ||
  order(b.audit.auditFrom, a.audit.auditFrom) ||
  order(listed(a.cover.missing), listed(b.cover.missing));

const without = (site: string, state: SiteState, own: boolean): SiteOverlap => ({
  site,
  state,
  own,
  age: null,
  missing: null,
});

const shown = (site: string, { audit, cover }: Judged, isDetailed: boolean, day: string): SiteOverlap => ({
  site,
  state: isDetailed ? "usable" : "yes",
  own: audit.own,
  age: ageBandOf(audit.auditFrom, day),
  missing: [...new Set(cover.missing)].sort(),
});

const listed = (topics: readonly string[]): string => JSON.stringify(topics.toSorted());
const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Counts of sites; null among few members. */
export interface OverlapCounts {
  readonly sites: number;
  /** With a usable audit, one's own too. */
  readonly usable: number;
  readonly own: number;
  readonly planned: number | null;
  readonly expired: number | null;
  readonly unknown: number | null;
}

export function countsOf(rows: readonly SiteOverlap[], active: number): OverlapCounts {
  const isDetailed = active >= DETAIL_FROM;
  const of = (state: SiteState) => rows.filter((row) => row.state === state).length;
  const detail = (state: SiteState) => (isDetailed ? of(state) : null);
  return {
    sites: rows.length,
    usable: of("usable") + of("yes"),
    own: rows.filter(isOwnUsable).length,
    planned: detail("planned"),
    expired: detail("expired"),
    unknown: detail("unknown"),
  };
}

const isUsable = ({ state }: SiteOverlap): boolean => state === "usable" || state === "yes";
const isOwnUsable = (row: SiteOverlap): boolean => isUsable(row) && row.own;

/** FIELD 3: from a secondary source. An estimate, and named so: the ledger knows what was saved. */
const AN_AUDIT = { days: [2, 5], usd: [1_100, 5_000] } as const;

/** What audits of one's own would cost where another's would do. */
export interface AtStake {
  readonly audits: number;
  readonly days: [number, number];
  readonly money: { readonly currency: "USD"; readonly amount: [number, number] };
  readonly estimate: string;
}

export function stakesOf(rows: readonly SiteOverlap[]): AtStake {
  const audits = rows.filter((row) => isUsable(row) && !row.own).length;
  const times = ([least, most]: readonly [number, number]): [number, number] => [least * audits, most * audits];
  return {
    audits,
    days: times(AN_AUDIT.days),
    money: { currency: "USD", amount: times(AN_AUDIT.usd) },
    estimate: "An estimate: 2 to 5 auditor days and USD 1,100 to 5,000 an audit, after published SMETA man-day rates.",
  };
}
