import { hex } from "../base64.ts";
import { utf8 } from "../bytes.ts";
import { siteKeys } from "../registry/match/keys.ts";
import { matchSites } from "../registry/match/match.ts";
import type { SitePlace } from "../registry/site.ts";
import { sha256 } from "../sha256.ts";

/** Of one key no more places than these are compared: an industrial park has thousands of tenants. */
const MOST_A_KEY = 40;

/**
 * Which places of one round are one site: for each the number of the place that stands for it, in the order given. Neither
 * who proposed it nor when has a say in that: places go by their own hashes.
 */
export function onePerSite(places: readonly SitePlace[]): readonly number[] {
  const standsFor: number[] = [];
  const byKey = new Map<string, number[]>();
  for (const at of inHashOrder(places)) {
    const place = places[at] as SitePlace;
    const keys = siteKeys(place);
    const first = keys
      .flatMap((key) => byKey.get(key) ?? [])
      .find((other) => isSame(place, places[other] as SitePlace));
    standsFor[at] = first ?? at;
    if (first === undefined) for (const key of keys) enter(byKey, key, at);
  }
  return standsFor;
}

/** Word for word the same is one site however little it says: handed in twice, it is opened once. */
const isSame = (a: SitePlace, b: SitePlace): boolean =>
  JSON.stringify(a) === JSON.stringify(b) || matchSites(a, b).verdict === "same";

function inHashOrder(places: readonly SitePlace[]): number[] {
  const hashes = places.map((place) => hex(sha256(utf8(JSON.stringify(place)))));
  return places.map((_, i) => i).sort((a, b) => ((hashes[a] as string) < (hashes[b] as string) ? -1 : 1));
}

function enter(byKey: Map<string, number[]>, key: string, at: number): void {
  const some = byKey.get(key);
  if (!some) byKey.set(key, [at]);
  else if (some.length < MOST_A_KEY) some.push(at);
}
