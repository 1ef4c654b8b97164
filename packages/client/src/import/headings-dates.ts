import { isDay } from "@quasarix/shared/audit/date.ts";
import { plainText } from "./headings-plain.ts";

/** Which number of `03/04/2026` is the day. */
export type DateOrder = "dmy" | "mdy";

/** What a column of dates shows of its order, and where. */
export interface DateEvidence {
  /** Told by a day above 12, or by the heading; null where no cell tells. */
  readonly order: DateOrder | null;
  /** Cells say both: no one order fits. */
  readonly conflict: boolean;
  /** Is there a cell that reads as two different days? */
  readonly needed: boolean;
}

const two = (number: number): string => String(number).padStart(2, "0");

const dayText = (year: number, month: number, day: number): string | null =>
  isDay(year, month, day) ? `${year}-${two(month)}-${two(day)}` : null;

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/;
const COMPACT = /^(20\d{2})(\d{2})(\d{2})$/;
const NUMERIC = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?$/;
const EAST_ASIAN = /^(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]?$/;
const SERIAL = /^(\d{5})(?:\.\d+)?$/;

const yearOf = (text: string): number => Number(text) + (text.length === 2 ? 2000 : 0);

const LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "tr", "pl", "vi", "id"];
let months: ReadonlyMap<string, number> | null = null;

/** Months by their plain names, long and short, as the host's locale data has them. */
function monthNames(): ReadonlyMap<string, number> {
  if (months) return months;
  const named = new Map<string, number>([["sept", 9]]);
  for (const language of LANGUAGES) {
    for (const month of ["long", "short"] as const) {
      const form = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" });
      for (let number = 1; number <= 12; number++) {
        const name = plainText(form.format(Date.UTC(2024, number - 1, 15)));
        if (!named.has(name)) named.set(name, number);
      }
    }
  }
  months = named;
  return named;
}

const ORDINAL = /^(\d{1,2})(st|nd|rd|th|er)$/;

/** `12 March 2026`, `12-Mar-26`, `March 12, 2026`, `12. Mai 2026`, `12 de marzo de 2026`. */
function wordyDay(text: string): string | null {
  const words = plainText(text).split(" ");
  const plain = words.filter((word) => word !== "de" && word !== "of").map((word) => word.replace(ORDINAL, "$1"));
  const [a = "", b = "", c = ""] = plain;
  if (plain.length !== 3 || !/^(\d{4}|\d{2})$/.test(c)) return null;
  const names = monthNames();
  if (/^\d{1,2}$/.test(a) && names.has(b)) return dayText(yearOf(c), names.get(b) as number, Number(a));
  if (/^\d{1,2}$/.test(b) && names.has(a)) return dayText(yearOf(c), names.get(a) as number, Number(b));
  return null;
}

/** A day as a spreadsheet counts them: day 1 is 1900-01-01, and the 29 February 1900 that never was is day 60. */
function serialDay(days: number): string | null {
  // From 1950 to 2099: other five-digit numbers are codes, not days.
  if (days < 18_264 || days > 73_050) return null;
  return new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A cell's day as `YYYY-MM-DD`; `ambiguous` where only the order could tell, null where it is no day. */
export function readDay(cell: string, order: DateOrder | null): string | "ambiguous" | null {
  const text = cell.trim();
  const year = ISO.exec(text) ?? COMPACT.exec(text) ?? EAST_ASIAN.exec(text);
  if (year) return dayText(Number(year[1]), Number(year[2]), Number(year[3]));
  const serial = SERIAL.exec(text);
  if (serial) return serialDay(Number(serial[1]));
  const numeric = NUMERIC.exec(text);
  if (!numeric) return wordyDay(text);
  const [first, second] = [Number(numeric[1]), Number(numeric[2])];
  const whole = yearOf(numeric[3] as string);
  const dmy = dayText(whole, second, first);
  const mdy = dayText(whole, first, second);
  if (order !== null) return order === "dmy" ? dmy : mdy;
  // Dots are written where the day comes first.
  if (text.includes(".")) return dmy;
  return dmy === null || mdy === null || dmy === mdy ? (dmy ?? mdy) : "ambiguous";
}

function toldBy(cell: string): DateOrder | null {
  const numeric = NUMERIC.exec(cell.trim());
  if (!numeric) return null;
  if (cell.includes(".")) return "dmy";
  const [first, second] = [Number(numeric[1]), Number(numeric[2])];
  if (first > 12 && second <= 12) return "dmy";
  return second > 12 && first <= 12 ? "mdy" : null;
}

/** `Audit date (DD/MM/YYYY)`. */
function toldByHeading(heading: string): DateOrder | null {
  if (/\bd{1,2}[^a-z]*m{1,3}[^a-z]*y{2,4}\b/i.test(heading) || /\bt{1,2}[^a-z]*m{1,2}[^a-z]*j{2,4}\b/i.test(heading))
    return "dmy";
  return /\bm{1,2}[^a-z]*d{1,2}[^a-z]*y{2,4}\b/i.test(heading) ? "mdy" : null;
}

/** Decides over the whole column: one day above 12 tells for all of it. */
export function dateEvidence(heading: string, cells: readonly string[]): DateEvidence {
  const told = new Set(cells.map(toldBy).filter((it) => it !== null));
  const [only = null] = told;
  const order = told.size === 1 ? only : told.size === 0 ? toldByHeading(heading) : null;
  return { order, conflict: told.size > 1, needed: cells.some((cell) => readDay(cell, null) === "ambiguous") };
}
