import { type AuditContent, auditContent, auditSections } from "@quasarix/shared/audit/content.ts";
import { isDay } from "@quasarix/shared/audit/date.ts";
import type { ExistenceFacts } from "@quasarix/shared/audit/existence.ts";
import { normaliseSeverity, SEVERITY_MAPPINGS } from "@quasarix/shared/audit/severity.ts";
import { AUDIT_SECTIONS } from "@quasarix/shared/policy/sections.ts";
import { describe, expect, test } from "vitest";

const existence: ExistenceFacts = {
  scheme: { id: "urn:quasarix:scheme:smeta", version: "6.1" },
  auditFrom: "2025-02-03",
  announcement: "semi-announced",
  kind: "periodic",
  topics: ["labour", "fire", "labour"],
  assessor: { kind: "auditor" },
  sharing: "supplier-own",
};
const least: AuditContent = {
  existence,
  scores: {},
  findings: {},
  plans: {},
  people: {},
  workforce: {},
  evidence: {},
  commercial: {},
};
const finding = { number: 1, severity: { level: 3, original: "Major", mapping: "urn:quasarix:scheme:smeta@1" } };
const plan = { findings: [1], action: "clear the exit", owner: "site manager", due: "2025-03-01", status: "open" };

const scored = (over: object) => ({
  scores: { topics: [{ topic: "worker-voice", scale: "urn:x:framework:x@1", value: 3, original: "3", ...over }] },
});

describe("what an audit may say", () => {
  test.each([
    { what: "a score under a framework's version", over: scored({}), fits: true },
    { what: "what a score rests on", over: scored({ evidence: "third-party" }), fits: true },
    { what: "a word of its own for evidence", over: scored({ evidence: "hearsay" }), fits: false },
    { what: "a scale that begins as a formula would", over: scored({ scale: "@1" }), fits: false },
    { what: "existence alone", over: {}, fits: true },
    {
      what: "a finding with its plan",
      over: { findings: { findings: [finding] }, plans: { plans: [plan] } },
      fits: true,
    },
    { what: "a plan without its finding", over: { plans: { plans: [plan] } }, fits: false },
    { what: "two findings of one number", over: { findings: { findings: [finding, finding] } }, fits: false },
    {
      what: "a severity above zero tolerance",
      over: { findings: { findings: [{ ...finding, severity: { ...finding.severity, level: 6 } }] } },
      fits: false,
    },
    {
      what: "a level without the scheme's word",
      over: { findings: { findings: [{ number: 1, severity: { level: 3 } }] } },
      fits: false,
    },
    { what: "a bare level", over: { findings: { findings: [{ number: 1, severity: 3 }] } }, fits: false },
    {
      what: "a collaborative finding",
      over: { findings: { findings: [{ number: 1, collaborative: true }] } },
      fits: true,
    },
    {
      what: "a collaborative finding with a deadline",
      over: { findings: { findings: [{ number: 1, collaborative: true, due: "2025-03-01" }] } },
      fits: false,
    },
    {
      what: "an open finding with a day of closing",
      over: { findings: { findings: [{ number: 1, status: "open", closedOn: "2025-03-01" }] } },
      fits: false,
    },
    { what: "an end before the beginning", over: { existence: { ...existence, auditTo: "2025-02-02" } }, fits: false },
    {
      what: "a day that is not on the calendar",
      over: { existence: { ...existence, auditFrom: "2025-02-29" } },
      fits: false,
    },
    { what: "no word on the right to share", over: { existence: { ...existence, sharing: undefined } }, fits: false },
    {
      what: "who ordered it",
      over: { existence: { ...existence, orderedBy: "org_icAEkv7kKwnKqFdweMLF6A" } },
      fits: false,
    },
    {
      what: "an auditor's id",
      over: { existence: { ...existence, assessor: { kind: "auditor", org: "org_p3r0YluUOoG5T7ahzWz29w" } } },
      fits: true,
    },
    {
      what: "a buyer's id as assessor",
      over: { existence: { ...existence, assessor: { kind: "member", org: "org_icAEkv7kKwnKqFdweMLF6A" } } },
      fits: false,
    },
    { what: "a price of goods", over: { commercial: { price: "1.00" } }, fits: false },
    {
      what: "the audit's cost",
      over: { commercial: { payer: "supplier", cost: { amount: "990.50", currency: "USD" } } },
      fits: true,
    },
    { what: "an exact headcount", over: { workforce: { total: 312 } }, fits: false },
    { what: "a band of headcount", over: { workforce: { total: "250-999" } }, fits: true },
    { what: "a ninth section", over: { orders: {} }, fits: false },
  ])("$what: $fits", ({ over, fits }) => {
    expect(auditContent.safeParse({ ...least, ...over }).success).toBe(fits);
  });

  test("there is a schema for every section and no member is named like a count", () => {
    expect(Object.keys(auditSections)).toEqual([...AUDIT_SECTIONS]);
    const names = Object.values(auditSections).flatMap((schema) => Object.keys(schema.shape));
    expect(names.filter((name) => name.endsWith("_count"))).toEqual([]);
  });
});

describe("severities", () => {
  const smeta = "urn:quasarix:scheme:smeta";
  test.each([
    { scheme: smeta, word: "Business Critical", want: 5 },
    { scheme: smeta, word: " minor ", want: 2 },
    { scheme: smeta, word: "Collaborative Action Required", want: null },
    { scheme: "urn:quasarix:scheme:slcp", word: "not legal", want: null },
    { scheme: "urn:quasarix:scheme:amfori-bsci", word: "Zero Tolerance", want: 5 },
    { scheme: "urn:quasarix:scheme:amfori-bsci", word: "E", want: "unknown-severity" },
    { scheme: smeta, word: "constructor", want: "unknown-severity" },
    { scheme: "urn:example:own", word: "major", want: "no-mapping" },
  ])("$scheme says `$word`: $want", ({ scheme, word, want }) => {
    const read = normaliseSeverity(scheme, word);
    expect(read.ok ? read.value.severity.level : read.failure).toBe(want);
    if (read.ok) expect(read.value.severity.original).toBe(word);
  });

  test("every table states what it loses", () => {
    for (const table of SEVERITY_MAPPINGS) expect(table.losses.length, table.scheme).toBeGreaterThan(0);
  });
});

test("the calendar agrees with the host's, day by day", () => {
  const wrong: string[] = [];
  for (let year = 1900; year < 2200; year++)
    for (let month = 0; month <= 13; month++)
      for (let day = 0; day <= 32; day++) {
        const date = new Date(Date.UTC(year, month - 1, day));
        const fits = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        if (isDay(year, month, day) !== fits) wrong.push(`${year}-${month}-${day}`);
      }
  expect(wrong).toEqual([]);
});
