import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import { organisationKind } from "@quasarix/shared/registry/kinds.ts";
import type { OrgId, SiteId } from "@quasarix/shared/wire/ids.ts";
import type { Db } from "./db.ts";
import { loadMerges } from "./site-merges.ts";

/**
 * Where a site stands, and which members have to do with it: those that handed in an audit of it, or list it and were granted
 * it. Where there are none, those that list it. One's own word is not enough for either side: competitors would list one
 * another's suppliers, past the most that counts of one company, and a supplier would name the customers of invented sites.
 */
export interface SiteStand {
  readonly site: SiteId;
  readonly sector: string | null;
  readonly country: string;
  readonly tier: string | null;
  readonly members: readonly OrgId[];
}

export const ACTIVE_MEMBERS = "SELECT id FROM organisations WHERE kind = 'member' AND suspended = 0 ORDER BY id";

export async function activeMembers(db: Db, _: SystemScope): Promise<ReadonlySet<OrgId>> {
  const { results } = await db.prepare(ACTIVE_MEMBERS).all<{ id: OrgId }>();
  return new Set(results.map(({ id }) => id));
}

/** Position of the first that is no organisation which assesses sites; null: all are. A buyer sees nobody's secret. */
export async function notAnAuditor(db: Db, _: SystemScope, orgs: readonly OrgId[]): Promise<number | null> {
  if (orgs.length === 0) return null;
  const named = db.prepare("SELECT id, kind FROM organisations WHERE id IN (SELECT value FROM json_each(?1))");
  const { results } = await named.bind(JSON.stringify(orgs)).all<{ id: OrgId; kind: string }>();
  const assess = new Set(results.filter(({ kind }) => organisationKind(kind)?.assesses).map(({ id }) => id));
  const at = orgs.findIndex((org) => !assess.has(org));
  return at < 0 ? null : at;
}

const PLACES = `SELECT id AS site, sector, country, tier FROM sites WHERE id IN (SELECT value FROM json_each(?1))`;

// Each from the sites that are asked for, by an index. ?2 the log's size, ?3 the active members.
export const SUBMITTED = `SELECT DISTINCT a.site, m.org FROM json_each(?1) AS one CROSS JOIN audits AS a ON a.site = one.value
  CROSS JOIN submissions AS m ON m.audit = a.hash WHERE a.log_index < ?2`;
export const ON_LISTS = `SELECT DISTINCT l.site, l.org FROM json_each(?1) AS one CROSS JOIN listings AS l ON l.site = one.value
  WHERE l.log_index < ?2 AND l.relation <> 'dropped' AND NOT EXISTS (SELECT 1 FROM listings AS n
    WHERE n.org = l.org AND n.site = l.site AND n.log_index > l.log_index AND n.log_index < ?2)`;
export const GRANTED = `SELECT DISTINCT g.site, g.grantee AS org FROM json_each(?1) AS one CROSS JOIN json_each(?3) AS m
  CROSS JOIN grants AS g ON g.grantee = m.value AND g.site = one.value
  WHERE g.log_index < ?2 AND (g.revoked_index IS NULL OR g.revoked_index >= ?2)`;

type PlaceRow = Omit<SiteStand, "members">;
interface Tie {
  readonly site: SiteId;
  readonly org: OrgId;
}

/**
 * Of these sites, as the log of this size has it. Sites that were merged answer as the one that stays, with everybody who has
 * to do with any of them. An id that is no site is left out.
 */
export async function siteStands(
  db: Db,
  _: SystemScope,
  sites: readonly SiteId[],
  at: { readonly size: number; readonly members: ReadonlySet<OrgId> },
): Promise<ReadonlyMap<SiteId, SiteStand>> {
  if (sites.length === 0) return new Map();
  const merges = await loadMerges(db, sites, at.size);
  const all = [...new Set(sites.flatMap((site) => merges.membersOf(site)))];
  const bound = [JSON.stringify(all), at.size] as const;
  const [places, submitted, listed, granted] = (await db.batch([
    db.prepare(PLACES).bind(bound[0]),
    db.prepare(SUBMITTED).bind(...bound),
    db.prepare(ON_LISTS).bind(...bound),
    db.prepare(GRANTED).bind(...bound, JSON.stringify([...at.members])),
  ])) as [D1Result<PlaceRow>, D1Result<Tie>, D1Result<Tie>, D1Result<Tie>];
  const byRoot = (ties: readonly Tie[]): ReadonlyMap<SiteId, readonly Tie[]> =>
    Map.groupBy(
      ties.filter(({ org }) => at.members.has(org)),
      ({ site }) => merges.rootOf(site),
    );
  const tie = ({ site, org }: Tie): string => `${merges.rootOf(site)}|${org}`;
  const onLists = new Set(listed.results.map(tie));
  const both = granted.results.filter((one) => onLists.has(tie(one)));
  const [shown, said] = [byRoot([...submitted.results, ...both]), byRoot(listed.results)];
  const placeOf = new Map(places.results.map((row) => [row.site, row]));
  return new Map(
    sites.flatMap((site) => {
      const place = placeOf.get(merges.rootOf(site));
      if (!place) return [];
      const ties = shown.get(place.site) ?? said.get(place.site) ?? [];
      const members = [...new Set(ties.map(({ org }) => org))].sort();
      return [[site, { ...place, members }] as const];
    }),
  );
}
