import { readMoment } from "../moment.ts";
import { UsageError } from "./exit.ts";

export function momentOf(text: string): number {
  const at = readMoment(text);
  if (at === null) throw new UsageError(`\`${text}\` is no date: YYYY-MM-DD`);
  return at;
}

/** The day of a moment, in UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
