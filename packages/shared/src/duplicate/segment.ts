import type { PrivateColumns } from "./columns.ts";
import { RISK_BANDS } from "./columns.ts";

export const RELATIONSHIPS = ["strategic", "core", "transactional", "unknown"] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];
export const RISKS = [...RISK_BANDS, "unknown"] as const;
export type Risk = (typeof RISKS)[number];

/** One field of the member's own grid. It says what to do first, never what a supplier is worth. */
export interface Segment {
  readonly relationship: Relationship;
  readonly risk: Risk;
}

const OF_SPEND: Readonly<Record<NonNullable<PrivateColumns["spend"]>, Relationship>> = {
  A: "strategic",
  B: "core",
  C: "transactional",
  D: "transactional",
};

/** The member's own word on what is strategic goes before what it spends there. */
export function segmentOf({ strategic, spend, risk: said }: Omit<PrivateColumns, "site">): Segment {
  const risk: Risk = said ?? "unknown";
  if (strategic) return { relationship: "strategic", risk };
  const bySpend = spend === undefined ? "unknown" : OF_SPEND[spend];
  return { relationship: strategic === false && bySpend === "strategic" ? "core" : bySpend, risk };
}

const HIGH: Readonly<Record<Relationship, string>> = {
  strategic: "work on it together: a joint plan, time and money from both sides",
  core: "agree on a plan with dates, and look again soon",
  transactional: "see a usable audit before the next order",
  unknown: "see a usable audit, and say what this site is to you",
};
const MEDIUM: Readonly<Record<Relationship, string>> = {
  strategic: "review each quarter, and share what you learn",
  core: "keep its audits usable, and follow its open actions",
  transactional: "take a usable audit where there is one",
  unknown: "say what this site is to you",
};
const LOW: Readonly<Record<Relationship, string>> = {
  strategic: "keep the conversation, and recognise what goes well",
  core: "look once a year",
  transactional: "look when something changes",
  unknown: "say what this site is to you",
};
const UNKNOWN: Readonly<Record<Relationship, string>> = {
  strategic: "give it a risk band first: it matters most here",
  core: "give it a risk band",
  transactional: "give it a risk band when you next order",
  unknown: "give it a risk band, and say what this site is to you",
};
const SAYS = { high: HIGH, medium: MEDIUM, low: LOW, unknown: UNKNOWN } as const;

/** What to do first, in one plain sentence. */
export const segmentSays = ({ relationship, risk }: Segment): string => SAYS[risk][relationship];
