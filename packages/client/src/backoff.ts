const FIRST_MS = 250;
const LONGEST_MS = 15_000;

/** How often one request is tried in all. */
export const ATTEMPTS = 5;

/** 429 and 5xx pass; 501 and 505 do not. Everything sent is idempotent: a statement's hash is its key. */
export const isPassing = (status: number): boolean =>
  status === 429 || (status >= 500 && status !== 501 && status !== 505);

/** Seconds or an HTTP date, in milliseconds from `now`; null for anything else. */
export function retryAfterOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^[0-9]{1,6}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/**
 * Milliseconds before the attempt after `attempt` (from 0). `dice` is in [0, 1): half of the wait is left to it, so that
 * clients that failed together do not come back together. A server's own word is a floor.
 */
export function delayOf(attempt: number, retryAfter: number | null, dice: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  const jittered = most / 2 + (most / 2) * dice;
  return retryAfter === null ? jittered : Math.min(60_000, retryAfter) + jittered / 2;
}
