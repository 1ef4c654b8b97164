import * as z from "zod";

const ISO = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Is this a day of the Gregorian calendar, from 1900 to 2199? An older or later one is a slip of the pen. */
export function isDay(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
  const length = DAYS[month - 1] as number;
  return day <= (month === 2 && isLeap(year) ? 29 : length);
}

/** `YYYY-MM-DD` that is on the calendar. As text it sorts by time. */
export const isoDate = z.string().refine(
  (text) => {
    const parts = ISO.exec(text);
    return parts !== null && isDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  },
  { error: "must be a date of the calendar as YYYY-MM-DD" },
);

/** The same day so many months later, or the last of that month where it has no such day. */
export function plusMonths(date: string, months: number): string {
  const parts = ISO.exec(date);
  if (!parts) throw new Error("not a date");
  const count = Number(parts[1]) * 12 + Number(parts[2]) - 1 + months;
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1];
  const last = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] as number);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(Math.min(Number(parts[3]), last))}`;
}

/** The last day of its month. */
export const monthEnd = (date: string): string => plusMonths(`${date.slice(0, 5)}01-31`, Number(date.slice(5, 7)) - 1);

/** The first day from which on so many months have not passed by `today`: never before `today` less those months. */
export function monthsBefore(today: string, months: number): string {
  const day = plusMonths(today, -months);
  // Of the 31st, a shorter month has no such day: its last one is over before `today` again.
  return plusMonths(day, months) < today ? plusMonths(`${day.slice(0, 8)}01`, 1) : day;
}

/** Whole days from one date to another; negative where `to` lies before `from`. Both are on the calendar. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;
