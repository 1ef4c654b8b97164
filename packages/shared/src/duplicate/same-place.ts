import type { SitePlace } from "../registry/site.ts";
import type { SiteView } from "../wire/registry.ts";
import type { SiteCandidate } from "../wire/site-match.ts";

/** Of sites that may be this place, the likeliest first, the one that it is without doubt; null: none. */
export function sameAs(place: SitePlace, candidates: readonly SiteCandidate[]): string | null {
  const same = candidates.find(({ verdict, site }) => verdict === "same" || isWordForWord(place, site));
  return same?.site.id ?? null;
}

const WORDS = ["name", "country", "address", "city", "region", "postcode"] as const;
const isWordForWord = (place: SitePlace, site: SiteView): boolean =>
  WORDS.every((name) => (place[name] ?? null) === (site[name] ?? null));
