import type { SiteId } from "../wire/ids.ts";
import type { SiteView } from "../wire/registry.ts";
import { type Match, matchPrepared } from "./match/match.ts";
import type { MatchPlace } from "./match/place.ts";
import { type Prepared, prepare } from "./match/prepared.ts";
import { reasonSays } from "./match/reasons.ts";

/** What a person is shown of one place, at most. */
export const SHOWN = 5;

/** A site that may be the place. `through`: the absorbed site whose record agrees best; null: its own. */
export interface RankedMatch {
  readonly site: SiteId;
  readonly through: SiteId | null;
  readonly verdict: "same" | "likely" | "unknown";
  readonly score: number;
  readonly reasons: readonly string[];
}

/** A site of the registry, read once to be compared with many places. */
export interface SiteRecord {
  readonly site: SiteView;
  readonly prepared: Prepared;
}

export const recordOf = (site: SiteView): SiteRecord => ({ site, prepared: prepare(placeOf(site)) });

interface Judged {
  readonly record: SiteView;
  readonly match: Match;
}

const ORDER = { same: 0, likely: 1, unknown: 2, distinct: 3 } as const;

/** The records that may be this place, the best of each facility, the likeliest first; ties by id. */
export function rankMatches(place: MatchPlace, records: readonly SiteRecord[]): readonly RankedMatch[] {
  const asked = prepare(place);
  const judged = records
    .map(({ site, prepared }) => ({ record: site, match: matchPrepared(asked, prepared) }))
    .filter((one) => isWorthShowing(place, one))
    .sort(byLikelihood);
  const best = new Map<SiteId, RankedMatch>();
  for (const one of judged) {
    const ranked = rankedOf(one);
    if (!best.has(ranked.site)) best.set(ranked.site, ranked);
  }
  return [...best.values()].slice(0, SHOWN);
}

// Of those that are the same the first that was opened: a copy of another's site, made to be taken for it, comes after it.
const byLikelihood = (a: Judged, b: Judged): number =>
  ORDER[a.match.verdict] - ORDER[b.match.verdict] ||
  (a.match.verdict === "same" ? a.record.index - b.record.index : 0) ||
  b.match.score - a.match.score ||
  (a.record.id < b.record.id ? -1 : 1);

/** Of what cannot be told, only where both name one identifier: a short common name would else bring anything. */
function isWorthShowing(place: MatchPlace, { record, match }: Judged): boolean {
  if (match.verdict !== "unknown") return match.verdict !== "distinct";
  return (place.identifiers ?? []).some(({ scheme, value }) =>
    record.identifiers.some((known) => known.scheme === scheme && known.value === value),
  );
}

const rankedOf = ({ record, match }: Judged): RankedMatch => ({
  site: record.mergedInto ?? record.id,
  through: record.mergedInto === null ? null : record.id,
  verdict: match.verdict as RankedMatch["verdict"],
  score: match.score,
  reasons: match.reasons.map(reasonSays),
});

/** The registry's record, without what it leaves open. */
export function placeOf({
  name,
  country,
  address,
  city,
  region,
  postcode,
  lat,
  lon,
  identifiers,
}: SiteView): MatchPlace {
  return {
    name,
    country,
    address: address ?? undefined,
    city: city ?? undefined,
    region: region ?? undefined,
    postcode: postcode ?? undefined,
    lat: lat ?? undefined,
    lon: lon ?? undefined,
    identifiers,
  };
}
