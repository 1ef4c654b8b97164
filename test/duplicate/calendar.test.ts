import { utf8 } from "@quasarix/shared/bytes.ts";
import { type CalendarEvent, calendarText } from "@quasarix/shared/duplicate/calendar.ts";
import { eventsOf } from "@quasarix/shared/duplicate/calendar-events.ts";
import fc from "fast-check";
import { expect, test } from "vitest";

const event = (over: Partial<CalendarEvent> = {}): CalendarEvent => ({
  uid: "intent-1@log.example",
  stamp: Date.UTC(2026, 2, 4, 5, 6, 7, 890),
  from: "2026-03-10",
  until: "2026-03-12",
  summary: "Audit planned: Mill 1",
  description: "",
  ...over,
});

test("an event, to the byte", () => {
  const description = `Schemes: a; b\nTopics: ${"fire-safety, ".repeat(6)}Ausgänge`;
  expect(calendarText("Mine", [event({ summary: "Audit: Mill, No. 1 \\ old", description })]).split("\r\n")).toEqual([
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Quasarix//Trace//EN",
    "CALSCALE:GREGORIAN",
    "NAME:Mine",
    "X-WR-CALNAME:Mine",
    "BEGIN:VEVENT",
    "UID:intent-1@log.example",
    "DTSTAMP:20260304T050607Z",
    "DTSTART;VALUE=DATE:20260310",
    "DTEND;VALUE=DATE:20260313",
    "SUMMARY:Audit: Mill\\, No. 1 \\\\ old",
    "DESCRIPTION:Schemes: a\\; b\\nTopics: fire-safety\\, fire-safety\\, fire-safety",
    " \\, fire-safety\\, fire-safety\\, fire-safety\\, Ausgänge",
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
});

/** A reader of its own: unfolds, splits, unescapes. Names without parameters. */
function read(text: string): { begun: string[]; values: Map<string, string[]> } {
  expect(text.endsWith("\r\n")).toBe(true);
  const physical = text.slice(0, -2).split("\r\n");
  for (const line of physical) {
    expect(utf8(line).length).toBeLessThanOrEqual(75);
    expect(line).not.toMatch(/[\p{Cc}]/u);
    expect(line.isWellFormed()).toBe(true);
  }
  const [begun, values] = [[] as string[], new Map<string, string[]>()];
  for (const line of text.slice(0, -2).replaceAll("\r\n ", "").split("\r\n")) {
    const [head = "", ...rest] = line.split(":");
    const name = head.split(";")[0] as string;
    const value = rest.join(":").replace(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one));
    if (name === "BEGIN") begun.push(value);
    values.set(name, [...(values.get(name) ?? []), value]);
  }
  return { begun, values };
}

test("whatever a text holds is read back, begins no line of its own, and no line is longer than 75 octets", () => {
  const any = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.string({
      unit: fc.constantFrom("a", "é", "消", "🧵", "\n", "\r", ",", ";", "\\", ":", "\u2028", "\0", "BEGIN:VEVENT"),
      maxLength: 80,
    }),
  );
  fc.assert(
    fc.property(any, any, (summary, description) => {
      const { begun, values } = read(calendarText("x", [event({ summary, description: `d${description}` })]));
      const plain = (text: string) =>
        text
          .toWellFormed()
          .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
          .replace(/[^\P{Cc}\n]/gu, " ");
      expect(begun).toEqual(["VCALENDAR", "VEVENT"]);
      expect(values.get("SUMMARY")).toEqual([plain(summary)]);
      expect(values.get("DESCRIPTION")).toEqual([`d${plain(description)}`]);
    }),
  );
});

test("a day's end is the next day: over months, years and the 29th of February", () => {
  const ends = ["2026-12-31", "2028-02-28", "2028-02-29", "2027-02-28"].map((until, i) =>
    event({ from: "2026-01-01", until, uid: `${i}` }),
  );
  expect(read(calendarText("x", ends)).values.get("DTEND")).toEqual(["20270101", "20280229", "20280301", "20270301"]);
});

test("the same facts in another order are the same bytes; without events there is one component all the same", () => {
  const events = ["b", "a", "c"].map((uid, i) => event({ uid, from: `2026-03-0${2 + (i % 2)}` }));
  expect(calendarText("x", events)).toBe(calendarText("x", events.toReversed()));
  expect(read(calendarText("x", events)).values.get("UID")).toEqual(["b", "c", "a"]);
  expect(read(calendarText("x", [])).begun).toEqual(["VCALENDAR", "VTIMEZONE", "STANDARD"]);
});

test("what stands in a calendar: one's own plans, joint audits, what expires, what customers need", () => {
  const common = { siteName: "Mill 1", topics: ["wages"], from: "2026-04-01", until: "2026-05-31", admittedAt: 1_000 };
  const events = eventsOf("log.example", {
    planned: [{ ...common, first: "F", intent: "I", schemes: ["smeta", "rba"] }],
    joint: [{ ...common, plan: "P" }],
    expiring: [
      {
        audit: "A",
        siteName: "Mill 1",
        scheme: "smeta",
        auditFrom: "2025-06-01",
        validUntil: "2026-06-01",
        admittedAt: 5,
      },
    ],
    needed: [{ site: "S", siteName: "Mill 1", by: "2028-02", topics: [], knownAt: 7 }],
  });
  expect(events).toEqual([
    {
      ...{ uid: "intent-F@log.example", stamp: 1000, from: "2026-04-01", until: "2026-05-31" },
      ...{ summary: "Audit planned: Mill 1", description: "Schemes: smeta, rba\nTopics: wages\nIntent I" },
    },
    {
      ...{ uid: "joint-P@log.example", stamp: 1000, from: "2026-04-01", until: "2026-05-31" },
      ...{ summary: "Joint audit: Mill 1", description: "Topics: wages\nPlan P" },
    },
    {
      ...{ uid: "expiry-A@log.example", stamp: 5, from: "2026-06-01", until: "2026-06-01" },
      ...{ summary: "Audit expires: Mill 1", description: "smeta, audited on 2025-06-01\nAudit A" },
    },
    {
      ...{ uid: "demand-S@log.example", stamp: 7, from: "2028-02-01", until: "2028-02-29" },
      ...{ summary: "Customers need an audit: Mill 1", description: "" },
    },
  ]);
});
