import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { SiteCandidate } from "@quasarix/shared/wire/site-match.ts";
import { atOnce } from "./at-once.ts";
import type { Client } from "./client.ts";
import type { Answer } from "./refusal.ts";
import type { Progress } from "./whole-log.ts";

/** Equal for places that say the same. */
export const placeKey = (place: SitePlace): string => JSON.stringify(place);

/** What a place is to the registry. `review`: a person has to say. */
export type Standing =
  | { readonly is: "site"; readonly site: string }
  | { readonly is: "new" }
  | { readonly is: "review"; readonly candidates: readonly SiteCandidate[] };

/** What a person says of a place that is likely one of these: a site's id, `new`, or null to leave it for later. */
export type Review = (place: SitePlace, candidates: readonly SiteCandidate[]) => string | "new" | null;

const ASKED_AT_ONCE = 500;
const CALLS_AT_ONCE = 2;

/** A machine may say `same`; what is likely is for a person. */
function standingOf(place: SitePlace, candidates: readonly SiteCandidate[], review: Review): Standing {
  const [same] = candidates.filter(({ verdict }) => verdict === "same");
  if (same) return { is: "site", site: same.site.id };
  const likely = candidates.filter(({ verdict }) => verdict === "likely");
  if (likely.length === 0) return { is: "new" };
  const said = review(place, likely);
  if (said === null) return { is: "review", candidates: likely };
  return said === "new" ? { is: "new" } : { is: "site", site: said };
}

/** Looks up every place, each once, by `placeKey`. It writes nothing at the server and says there only what is asked. */
export async function standings(
  client: Client,
  places: readonly SitePlace[],
  { review, progress }: { readonly review: Review; readonly progress: Progress },
): Promise<Answer<Map<string, Standing>>> {
  const once = [...new Map(places.map((place) => [placeKey(place), place])).values()];
  const pieces: SitePlace[][] = [];
  for (let at = 0; at < once.length; at += ASKED_AT_ONCE) pieces.push(once.slice(at, at + ASKED_AT_ONCE));
  let looked = 0;
  const answers = await atOnce(CALLS_AT_ONCE, pieces, async (piece) => {
    const answer = await client.routes.matchSites(piece);
    looked += piece.length;
    progress("matched", looked, once.length);
    return answer;
  });
  const found = new Map<string, Standing>();
  for (const [i, answer] of answers.entries()) {
    if (!answer.ok) return answer;
    for (const [at, place] of (pieces[i] as SitePlace[]).entries())
      found.set(placeKey(place), standingOf(place, answer.value.places[at] ?? [], review));
  }
  return ok(found);
}
