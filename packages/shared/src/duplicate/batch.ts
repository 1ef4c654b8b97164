/** A closed discovery batch: until the next one, members hear of one another what the log's first `size` entries say. */
export interface Batch {
  /** From 1; 0 before the first batch, when nobody hears anything of others. */
  readonly number: number;
  /** Unix ms. */
  readonly closedAt: number;
  readonly size: number;
}

export const NO_BATCH: Batch = { number: 0, closedAt: 0, size: 0 };

/** With fewer active members, overlap says only yes or no of a site. */
export const DETAIL_FROM = 8;
/** With fewer active members, intents say only yes or no, and there are no totals of the consortium. */
export const TOTALS_FROM = 5;

/** The first batch need not wait for its week once everybody who joined has brought a list. */
export interface FoundingFacts {
  /** Unix ms of genesis. */
  readonly foundedAt: number;
  /** Members that have keys and are not suspended; and how many of these signed a listing. */
  readonly joined: number;
  readonly listed: number;
  /** A submission or a proposed site waits for its round. */
  readonly isWaiting: boolean;
  /** Unix ms of the last listing, submission, site or audit in the log; null without one. */
  readonly lastAt: number | null;
}

/** A member lists its sites and then, once they are opened, its audits of them: between the two a batch would lack them. */
const QUIET_MS = 600_000;

export const isFoundingDue = (facts: FoundingFacts, now: number, lengthMs: number): boolean =>
  now >= facts.foundedAt + lengthMs || (isWhole(facts) && now >= (facts.lastAt ?? now) + Math.min(QUIET_MS, lengthMs));

const isWhole = ({ joined, listed, isWaiting }: FoundingFacts): boolean =>
  joined >= TOTALS_FROM && listed === joined && !isWaiting;

/** After the first: once `lengthMs` has gone by. A batch that would say nothing new is not closed. */
export const isBatchDue = (last: Batch, now: number, lengthMs: number): boolean => now >= last.closedAt + lengthMs;
