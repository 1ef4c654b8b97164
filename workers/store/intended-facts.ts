import type { Bytes } from "@quasarix/shared/bytes.ts";
import { DETAIL_FROM } from "@quasarix/shared/duplicate/batch.ts";
import { dayOf } from "@quasarix/shared/duplicate/overlap.ts";
import { knowsOf } from "@quasarix/shared/policy/asked.ts";
import type { OrgFacts } from "@quasarix/shared/policy/author-facts.ts";
import {
  type IntendedFacts,
  type JointFacts,
  NOTHING_INTENDED,
  type SiteHearing,
} from "@quasarix/shared/policy/intended.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SignedPart } from "@quasarix/shared/statement/statement.ts";
import type { SiteId, StatementId } from "@quasarix/shared/wire/ids.ts";
import { loadAuditFacts } from "./audit-facts.ts";
import { activeMembers, lastBatch } from "./batches.ts";
import type { Db } from "./db.ts";
import { discovered, evaluated } from "./discovery.ts";
import { plansAt } from "./intents.ts";
import { loadJointFacts } from "./joints.ts";
import { STANDS } from "./listings.ts";
import { ownPolicy } from "./overlap.ts";
import { loadMerges } from "./site-merges.ts";

export interface HearPorts {
  readonly db: Db;
  readonly origin: string;
  readonly planKey: Bytes;
  /** Unix ms. */
  readonly now: number;
}

interface Asked {
  readonly sites: readonly SiteId[];
  readonly audits?: readonly StatementId[];
  readonly plans?: readonly string[];
}

/** Exported for the test of its plan. */
export const LISTED = `SELECT l.site FROM listings AS l
  WHERE l.org = ?2 AND l.site IN (SELECT value FROM json_each(?1)) AND ${STANDS}`;

/** What a member may hear of these sites: its own as it is now, of others what the last closed batch holds. */
export async function hear(ports: HearPorts, by: Principal, asked: Asked): Promise<IntendedFacts> {
  const { db, now } = ports;
  const batch = await lastBatch(db);
  const active = await activeMembers(db, batch.size);
  return {
    org: by.org,
    today: dayOf(now),
    batchDay: dayOf(batch.closedAt),
    active,
    batch: batch.number,
    // Policy after policy, each a little different, would make details of yes and no.
    policy: await ownPolicy(db, by, active < DETAIL_FROM ? batch.size : Number.MAX_SAFE_INTEGER),
    sites: await hearSites(ports, by, asked.sites, batch.size),
    knows: await knownAudits(ports, by, asked.audits ?? []),
    joints: await jointsOf(db, asked.plans ?? []),
  };
}

async function hearSites(
  ports: HearPorts,
  by: Principal,
  sites: readonly SiteId[],
  size: number,
): Promise<ReadonlyMap<SiteId, SiteHearing>> {
  if (sites.length === 0) return new Map();
  const { db, now } = ports;
  const merges = await loadMerges(db, sites);
  const names = JSON.stringify([...new Set(sites.flatMap((site) => merges.membersOf(site)))]);
  const { results } = await db.prepare(LISTED).bind(names, by.org).all<{ site: SiteId }>();
  const listed = new Set(results.map(({ site }) => site));
  const found = await discovered(db, by, sites, { size, now });
  const plans = await plansAt(ports, { size, org: by.org }, { sites, merges });
  const hearings = sites.map((site) => {
    const ids = merges.membersOf(site);
    const isListed = ids.some((id) => listed.has(id));
    return [
      site,
      { ids, isListed, audits: (found.get(site)?.audits ?? []).map(evaluated), plans: plans.get(site) ?? [] },
    ] as const;
  });
  return new Map(hearings);
}

/** Existing or not, known or not: the same look-up. */
async function knownAudits(
  { db, origin, now }: HearPorts,
  by: Principal,
  audits: readonly StatementId[],
): Promise<ReadonlyMap<StatementId, SiteId>> {
  if (audits.length === 0) return new Map();
  const facts = await loadAuditFacts(db, origin, by, audits, now);
  return new Map([...facts].filter(([, one]) => knowsOf(one, by, now)).map(([audit, { site }]) => [audit, site]));
}

const jointsOf = async (db: Db, plans: readonly string[]): Promise<ReadonlyMap<string, JointFacts>> =>
  plans.length === 0 ? new Map() : loadJointFacts(db, plans);

/** What the intents of one author, and its statements on joint audits, are measured by. Nothing is looked up for a batch that has none. */
export async function loadIntendedFacts(
  ports: HearPorts,
  author: OrgFacts | undefined,
  parts: readonly SignedPart[],
): Promise<IntendedFacts> {
  const own = parts.filter(
    ({ row, claims }) => (row.type === "intent" || row.type === "joint") && claims.iss === author?.id,
  );
  if (!author || own.length === 0) return NOTHING_INTENDED;
  const named = (claim: string) => [...new Set(own.map(({ claims }) => claims[claim]).filter(isId))];
  const { id, kind, isOperator, suspended } = author;
  const by: Principal = { org: id, kind, isOperator, suspended, door: "assertion" };
  return hear(ports, by, {
    sites: named("site"),
    audits: named("covers"),
    plans: [...named("joins"), ...named("plan")],
  });
}

/** No id is longer than a hash's 43 characters. */
const isId = (value: unknown): value is string => typeof value === "string" && value.length <= 43;
