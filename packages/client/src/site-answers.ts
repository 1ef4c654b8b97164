import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import type { SiteCandidate } from "@quasarix/shared/wire/site-match.ts";
import type { Keep } from "./ports.ts";
import { placeName, type Said } from "./review-file.ts";

/** What a member said of its places, so that the next import does not ask again. */
export interface SiteAnswers {
  add(said: readonly Said[]): void;
  /** The site that it is, `new` where it is none of the candidates, null where a person has yet to say. */
  of(place: SitePlace, candidates: readonly SiteCandidate[]): string | null;
  /** Of these candidates, those not answered yet. */
  open(place: SitePlace, candidates: readonly SiteCandidate[]): readonly SiteCandidate[];
  save(): Promise<void>;
}

const nameOf = (org: string): string => `site-answers-${org}`;
const keyOf = (place: string, site: string): string => `${place} ${site}`;

/** Kept on the member's own machine: the registry never hears of them. */
export async function siteAnswers(keep: Keep, org: string): Promise<SiteAnswers> {
  const kept = await keep.read(nameOf(org));
  const known = new Map<string, boolean>(kept === null ? [] : (JSON.parse(kept) as [string, boolean][]));
  const said = (place: SitePlace, { site }: SiteCandidate) => known.get(keyOf(placeName(place), site.id));
  const open: SiteAnswers["open"] = (place, candidates) => candidates.filter((one) => said(place, one) === undefined);
  return {
    add: (answers) => {
      for (const { place, site, isSame } of answers) known.set(keyOf(place, site), isSame);
    },
    of: (place, candidates) => {
      const same = candidates.find((one) => said(place, one) === true);
      if (same) return same.site.id;
      return open(place, candidates).length === 0 ? "new" : null;
    },
    open,
    save: () => keep.write(nameOf(org), JSON.stringify([...known])),
  };
}
