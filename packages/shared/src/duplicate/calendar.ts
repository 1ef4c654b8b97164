import { utf8 } from "../bytes.ts";

/** Something that takes whole days. */
export interface CalendarEvent {
  /** The same in every copy of the calendar, whatever else changes: a reader updates what it has. */
  readonly uid: string;
  /** Unix ms of the statement that says so. */
  readonly stamp: number;
  /** First and last day, YYYY-MM-DD. */
  readonly from: string;
  readonly until: string;
  readonly summary: string;
  readonly description: string;
}

/** RFC 5545, 8.1. */
export const CALENDAR = "text/calendar; charset=utf-8";

const PRODID = "-//Quasarix//Trace//EN";
const DAY_MS = 86_400_000;
/** RFC 5545, 3.1: octets of a line without its end. */
const LINE_OCTETS = 75;

/**
 * RFC 5545: CR LF, folded lines, escaped text. Events in the order of their days, then of their uids, so that the same facts
 * are the same bytes.
 */
export function calendarText(name: string, events: readonly CalendarEvent[]): string {
  const order = (it: CalendarEvent) => `${it.from} ${it.uid}`;
  const sorted = events.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    `PRODID:${PRODID}`,
    "CALSCALE:GREGORIAN",
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    ...(sorted.length > 0 ? sorted.flatMap(eventLines) : NO_EVENT),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

// RFC 5545, 3.6: a calendar has one component at least.
const NO_EVENT = [
  "BEGIN:VTIMEZONE",
  "TZID:Etc/UTC",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0000",
  "TZOFFSETTO:+0000",
  "END:STANDARD",
  "END:VTIMEZONE",
];

const eventLines = ({ uid, stamp, from, until, summary, description }: CalendarEvent): string[] => [
  "BEGIN:VEVENT",
  `UID:${escaped(uid)}`,
  `DTSTAMP:${momentText(stamp)}`,
  `DTSTART;VALUE=DATE:${dayText(from)}`,
  // RFC 5545, 3.6.1: the end is not part of the event.
  `DTEND;VALUE=DATE:${dayText(dayAfter(until))}`,
  `SUMMARY:${escaped(summary)}`,
  ...(description === "" ? [] : [`DESCRIPTION:${escaped(description)}`]),
  "CLASS:PRIVATE",
  "TRANSP:TRANSPARENT",
  "END:VEVENT",
];

const dayText = (day: string): string => day.replaceAll("-", "");
const momentText = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, "");
const dayAfter = (day: string): string => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

/** RFC 5545, 3.3.11. Control characters have no place in a text, and another's must not begin a line of ours. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/[^\P{Cc}\n]/gu, " ")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");

/** RFC 5545, 3.1: a line goes on after CR LF and a space; never within a character. */
function folded(line: string): string {
  let text = "";
  let octets = 0;
  for (const character of line) {
    const length = utf8(character).length;
    if (octets + length > LINE_OCTETS) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += length;
  }
  return text;
}
