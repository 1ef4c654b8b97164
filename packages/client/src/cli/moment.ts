import { UsageError } from "./exit.ts";

/** `2027-06-30` is that day's first moment in UTC, as an end too: windows are half-open. */
export function momentOf(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}(T[\d:.]+Z)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`\`${text}\` is no date: YYYY-MM-DD`);
  return at;
}

/** The day of a moment, in UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
