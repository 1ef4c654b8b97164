import { atOnce } from "@quasarix/client/at-once.ts";
import { intentOf } from "@quasarix/client/intent-drafts.ts";
import type { Progress } from "@quasarix/client/whole-log.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { OverlapView } from "@quasarix/shared/wire/overlap.ts";
import { must, type Party } from "../demonstration/party.ts";

const AT_ONCE = 2;
const DAY_MS = 86_400_000;
/** Intents of one member; the quarter's allowance is 200. */
const EACH = 30;
const SCHEMES = ["urn:quasarix:scheme:smeta", "urn:quasarix:scheme:amfori-bsci"];

const dayAfter = (now: number, days: number) => new Date(now + days * DAY_MS).toISOString().slice(0, 10);

/** By its id alone, so that members who share a site have it due in one season. */
const season = (site: string): number => (sha256(utf8(site))[0] as number) % 4;

/** Sites of one's own without a usable audit that are due next. */
const dueIn = ({ sites }: OverlapView): string[] =>
  sites
    .filter(({ site, state }) => (state === "expired" || state === "unknown") && season(site) === 0)
    .slice(0, EACH)
    .map(({ site }) => site);

/** Every member says what it means to order, and that others may join. How many intents are in the log. */
export async function planAhead(
  parties: readonly Party[],
  views: readonly OverlapView[],
  now: number,
  progress: Progress,
): Promise<number> {
  let planned = 0;
  const window = { from: dayAfter(now, 30), until: dayAfter(now, 120) };
  const counts = await atOnce(AT_ONCE, parties, async ({ who, author }, at) => {
    const sayings = dueIn(views[at] as OverlapView).map((site) =>
      intentOf(who.org, { site, schemes: SCHEMES, topics: [], ...window, kind: "full", mayJoin: true }),
    );
    const posted = must(await author.post(must(await author.issue(sayings))));
    progress("intents", ++planned, parties.length);
    return posted.filter(({ ok }) => ok).length;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
