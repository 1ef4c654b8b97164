import { type SitePlace, sitePlace } from "@quasarix/shared/registry/site.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { SiteView } from "@quasarix/shared/wire/registry.ts";
import { MATCH_PLACES, type SiteCandidate } from "@quasarix/shared/wire/site-match.ts";
import type { Client } from "./client.ts";
import type { Answer } from "./refusal.ts";
import type { Progress } from "./whole-log.ts";

/** Two sites of the registry that may be one. The older would stay. */
export interface SiteDouble extends Pick<SiteCandidate, "verdict" | "score" | "reasons"> {
  readonly stays: SiteView;
  readonly absorbs: SiteView;
}

/** What is known of the site, as a place to look up. */
const placeOf = (site: SiteView): SitePlace =>
  sitePlace.parse(
    Object.fromEntries(
      Object.keys(sitePlace.shape)
        .map((name) => [name, site[name as keyof SiteView]])
        .filter(([, value]) => value !== null && value !== undefined),
    ),
  );

const older = (a: SiteView, b: SiteView): boolean => a.index < b.index;

/**
 * Members who propose one place in one round in different words get a site each: a machine may not join what is only
 * likely. This looks each of `sites` up, for a person who may; the likeliest pair first.
 */
export async function siteDoubles(
  { routes }: Client,
  sites: readonly SiteView[],
  progress: Progress,
): Promise<Answer<SiteDouble[]>> {
  const standing = sites.filter(({ mergedInto }) => mergedInto === null);
  const found = new Map<string, SiteDouble>();
  for (let at = 0; at < standing.length; at += MATCH_PLACES) {
    const piece = standing.slice(at, at + MATCH_PLACES);
    const answer = await routes.matchSites(piece.map(placeOf));
    if (!answer.ok) return answer;
    for (const [i, site] of piece.entries()) {
      for (const { site: other, verdict, score, reasons } of answer.value.places[i] ?? []) {
        if (other.id === site.id) continue;
        const [stays, absorbs] = older(site, other) ? [site, other] : [other, site];
        found.set(`${stays.id} ${absorbs.id}`, { stays, absorbs, verdict, score, reasons });
      }
    }
    progress("looked up", at + piece.length, standing.length);
  }
  return ok([...found.values()].sort((a, b) => b.score - a.score || a.absorbs.index - b.absorbs.index));
}
