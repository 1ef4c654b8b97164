import { placeOf } from "../registry/rank-matches.ts";
import type { SitePlace } from "../registry/site.ts";
import type { SiteView } from "../wire/registry.ts";
import type { SiteCandidate } from "../wire/site-match.ts";
import { asOpened } from "./opened-place.ts";

/** Of sites that may be this place, the likeliest first, the one that it is without doubt; null: none. */
export function sameAs(place: SitePlace, candidates: readonly SiteCandidate[]): string | null {
  const same = candidates.find(({ verdict, site }) => verdict === "same" || isWordForWord(place, site));
  return same?.site.id ?? null;
}

const WORDS = ["name", "country", "address", "city", "region", "postcode"] as const;

/** As the registry would have both. */
function isWordForWord(place: SitePlace, site: SiteView): boolean {
  const [one, other] = [asOpened(place), asOpened(placeOf(site) as SitePlace)];
  return WORDS.every((name) => one[name] === other[name]);
}
