import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { MatchPlace } from "@quasarix/shared/registry/match/place.ts";
import { type RankedMatch, rankMatches, recordOf, type SiteRecord } from "@quasarix/shared/registry/rank-matches.ts";
import type { SiteId } from "@quasarix/shared/wire/ids.ts";
import type { SiteView } from "@quasarix/shared/wire/registry.ts";
import type { SiteCandidate } from "@quasarix/shared/wire/site-match.ts";
import type { Db } from "./db.ts";
import { sitesAt, sitesNamed } from "./registry.ts";
import { type LookUpCost, nearSites } from "./site-index.ts";

/**
 * Of each place, in order, the sites that it may be. Says what the registry says to everyone who may read it, and nothing of
 * who uses a site; an absorbed site is answered by the one that stands for it.
 */
export async function matchPlaces(
  db: Db,
  by: Principal | SystemScope,
  places: readonly MatchPlace[],
  cost?: LookUpCost,
): Promise<readonly (readonly SiteCandidate[])[]> {
  const near = await nearSites(db, places, cost);
  const sites = await sitesAt(db, by, [...new Set(near.flat())]);
  const records = new Map(sites.map((site) => [site.index, recordOf(site)]));
  const ranked = places.map((place, i) => rankMatches(place, recordsOf(near[i] ?? [], records)));
  const shown = await shownBy(db, by, ranked.flat(), sites);
  return ranked.map((matches) =>
    matches.map(({ site, reasons, ...match }) => ({
      ...match,
      site: shown.get(site) as SiteView,
      reasons: [...reasons],
    })),
  );
}

/** The sites that stand for what was found; most of them were read already. */
async function shownBy(
  db: Db,
  by: Principal | SystemScope,
  found: readonly RankedMatch[],
  read: readonly SiteView[],
): Promise<ReadonlyMap<SiteId, SiteView>> {
  const shown = new Map(read.map((site) => [site.id, site]));
  const unread = new Set(found.map(({ site }) => site).filter((id) => !shown.has(id)));
  for (const site of await sitesNamed(db, by, [...unread])) shown.set(site.id, site);
  return shown;
}

const recordsOf = (indexes: readonly number[], records: ReadonlyMap<number, SiteRecord>): SiteRecord[] =>
  indexes.flatMap((index) => records.get(index) ?? []);
