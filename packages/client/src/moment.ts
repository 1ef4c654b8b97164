import { isDay } from "@quasarix/shared/audit/date.ts";

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z)?$/;

/** Unix ms; null for what is no date. `2027-06-30` is that day's first moment in UTC, as an end too: windows are half-open. */
export function readMoment(text: string): number | null {
  const parts = MOMENT.exec(text);
  // Date.parse takes 31 February for 3 March.
  if (!parts || !isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]))) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
