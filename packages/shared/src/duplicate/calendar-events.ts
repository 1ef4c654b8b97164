import type { CalendarEvent } from "./calendar.ts";

/** An audit that the calendar's owner plans; `first`: the intent that it changed, or itself. */
export interface PlannedAudit {
  readonly first: string;
  readonly intent: string;
  readonly siteName: string;
  readonly schemes: readonly string[];
  readonly topics: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly admittedAt: number;
}

export interface JointAudit {
  readonly plan: string;
  readonly siteName: string;
  readonly topics: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly admittedAt: number;
}

export interface ExpiringAudit {
  readonly audit: string;
  readonly siteName: string;
  readonly scheme: string;
  readonly auditFrom: string;
  readonly validUntil: string;
  readonly admittedAt: number;
}

/** What a supplier hears of its customers' plans. `by`: YYYY-MM. */
export interface NeededAudit {
  readonly site: string;
  readonly siteName: string;
  readonly by: string;
  readonly topics: readonly string[];
  /** Unix ms: since when it is known. */
  readonly knownAt: number;
}

/** All that is its owner's to know; nothing here names anybody else. */
export interface CalendarFacts {
  readonly planned: readonly PlannedAudit[];
  readonly joint: readonly JointAudit[];
  readonly expiring: readonly ExpiringAudit[];
  readonly needed: readonly NeededAudit[];
}

/** `origin`: the consortium's, so that calendars of two consortia never share a uid. */
export function eventsOf(origin: string, { planned, joint, expiring, needed }: CalendarFacts): CalendarEvent[] {
  const uid = (kind: string, id: string) => `${kind}-${id}@${origin}`;
  return [
    ...planned.map(({ first, intent, siteName, schemes, topics, from, until, admittedAt }) => ({
      ...{ uid: uid("intent", first), stamp: admittedAt, from, until },
      summary: `Audit planned: ${siteName}`,
      description: lines(listed("Schemes", schemes), listed("Topics", topics), `Intent ${intent}`),
    })),
    ...joint.map(({ plan, siteName, topics, from, until, admittedAt }) => ({
      ...{ uid: uid("joint", plan), stamp: admittedAt, from, until },
      summary: `Joint audit: ${siteName}`,
      description: lines(listed("Topics", topics), `Plan ${plan}`),
    })),
    ...expiring.map(({ audit, siteName, scheme, auditFrom, validUntil, admittedAt }) => ({
      ...{ uid: uid("expiry", audit), stamp: admittedAt, from: validUntil, until: validUntil },
      summary: `Audit expires: ${siteName}`,
      description: lines(`${scheme}, audited on ${auditFrom}`, `Audit ${audit}`),
    })),
    ...needed.map(({ site, siteName, by, topics, knownAt }) => ({
      ...{ uid: uid("demand", site), stamp: knownAt, from: `${by}-01`, until: lastDayOf(by) },
      summary: `Customers need an audit: ${siteName}`,
      description: listed("Topics", topics),
    })),
  ];
}

const listed = (what: string, items: readonly string[]): string =>
  items.length > 0 ? `${what}: ${items.join(", ")}` : "";
const lines = (...texts: readonly string[]): string => texts.filter((text) => text !== "").join("\n");

/** Day 0 of the month after. */
function lastDayOf(month: string): string {
  const [year, number] = month.split("-").map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
