import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { CalendarFacts, ExpiringAudit } from "@quasarix/shared/duplicate/calendar-events.ts";
import { dayOf } from "@quasarix/shared/duplicate/overlap.ts";
import { knowsOf } from "@quasarix/shared/policy/asked.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import { loadAuditFacts } from "./audit-facts.ts";
import { lastBatch } from "./batches.ts";
import type { Db } from "./db.ts";
import { listDemand } from "./demand.ts";
import { listIntents, type OwnIntent } from "./intents.ts";
import { listJoints } from "./joints.ts";
import { STANDS } from "./listings.ts";

export interface CalendarPorts {
  readonly db: Db;
  readonly origin: string;
  readonly planKey: Bytes;
  readonly now: number;
}

/** Of audits that expire, so many of the next are shown; of all else whatever there is. */
const MOST = 500;
/** A look ahead of a year: what expires later is no appointment yet. */
const AHEAD_MS = 366 * 86_400_000;
const AT_ONCE = 500;

// ?1 the asker, ?2 today, ?3 the last day, ?4 and ?5 the end of the page before. Audits of the sites on its list or of its own sites, those that it recognised, handed in or signed.
const EXPIRING = `SELECT a.hash AS audit, s.name AS siteName, a.scheme, a.audit_from AS auditFrom, a.valid_until AS validUntil,
    a.admitted_at AS admittedAt
  FROM (SELECT a.hash FROM listings AS l JOIN audits AS a ON a.site = l.site WHERE l.org = ?1 AND ${STANDS}
    UNION SELECT a.hash FROM sites AS s JOIN audits AS a ON a.site = s.id WHERE s.supplier = ?1
    UNION SELECT audit FROM recognitions WHERE org = ?1 AND revoked_by IS NULL
    UNION SELECT audit FROM submissions WHERE org = ?1
    UNION SELECT hash FROM audits WHERE author = ?1) AS near
    JOIN audits AS a ON a.hash = near.hash JOIN sites AS s ON s.id = a.site
  WHERE a.valid_until BETWEEN ?2 AND ?3 AND (a.valid_until, a.hash) > (?4, ?5) AND NOT EXISTS (SELECT 1 FROM responses WHERE audit = a.hash AND by IS NOT NULL)
  ORDER BY a.valid_until, a.hash LIMIT ${AT_ONCE}`;

const NAMES = "SELECT id, name FROM sites WHERE id IN (SELECT value FROM json_each(?1))";

/** What stands in the asker's own calendar from today on; of others nothing but what lists and answers say too. */
export async function calendarFacts(ports: CalendarPorts, by: Principal): Promise<CalendarFacts> {
  const { db, now } = ports;
  const today = dayOf(now);
  const intents = await every((after) => listIntents(db, by, after, AT_ONCE));
  const joints = (await every((after) => listJoints(db, by, after, AT_ONCE))).map(({ view }) => view);
  const demand = (await every((after) => listDemand(ports, by, after, AT_ONCE))).map(({ view }) => view);
  const names = await siteNames(
    db,
    [...intents, ...joints, ...demand].map(({ site }) => site),
  );
  const { closedAt } = await lastBatch(db);
  const first = firstOf(intents);
  return {
    planned: intents
      .filter((it) => !it.isChanged && !it.isWithdrawn && it.until >= today)
      .map((it) => ({ ...it, first: first(it.intent), siteName: names(it.site) })),
    joint: joints
      .filter((it) => it.state === "standing" && it.until >= today)
      .map((it) => ({ ...it, siteName: names(it.site) })),
    expiring: await expiring(ports, by),
    needed: demand.flatMap(({ site, by: month, topics }) =>
      month === null ? [] : [{ site, siteName: names(site), by: month, topics: topics ?? [], knownAt: closedAt }],
    ),
  };
}

/** Every row of a list that is read by its places. */
async function every<T extends { readonly index: number }>(
  read: (after: number) => Promise<readonly T[]>,
): Promise<T[]> {
  const rows: T[] = [];
  for (let after = -1; ; after = rows.at(-1)?.index ?? after) {
    const some = await read(after);
    rows.push(...some);
    if (some.length < AT_ONCE) return rows;
  }
}

async function siteNames(db: Db, sites: readonly string[]): Promise<(site: string) => string> {
  const rows = db.prepare(NAMES).bind(JSON.stringify([...new Set(sites)]));
  const names = new Map((await rows.all<{ id: string; name: string }>()).results.map(({ id, name }) => [id, name]));
  return (site) => names.get(site) ?? site;
}

/** The intent that a chain of changes began with: a plan that moves stays one appointment. */
function firstOf(intents: readonly OwnIntent[]): (intent: string) => string {
  const before = new Map(intents.map(({ intent, replaces }) => [intent, replaces]));
  return (intent) => {
    let first = intent;
    for (let next = before.get(first); next; next = before.get(first)) first = next;
    return first;
  };
}

/** Audits that the asker may not know of take nobody's place: pages, until there are enough that it knows. */
async function expiring({ db, origin, now }: CalendarPorts, by: Principal): Promise<ExpiringAudit[]> {
  const known: ExpiringAudit[] = [];
  let after = ["", ""];
  for (;;) {
    const asked = db.prepare(EXPIRING).bind(by.org, dayOf(now), dayOf(now + AHEAD_MS), ...after);
    const { results } = await asked.all<ExpiringAudit>();
    const audits = results.map(({ audit }) => audit);
    const facts = await loadAuditFacts(db, origin, by, audits, now);
    for (const one of results) {
      const fact = facts.get(one.audit);
      if (fact && knowsOf(fact, by, now)) known.push(one);
    }
    const last = results.at(-1);
    if (known.length >= MOST || results.length < AT_ONCE || !last) return known.slice(0, MOST);
    after = [last.validUntil, last.audit];
  }
}
