import { leafOf } from "@quasarix/shared/benchmark/plan.ts";
import { sponsorName, sponsorOf } from "@quasarix/shared/benchmark/plan-secrets.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { regionOf } from "@quasarix/shared/registry/region.ts";
import type { SiteStand } from "../store/site-stands.ts";
import type { Stand } from "./ledger.ts";

/** Where a site stands in the tree, and under which name the member that it counts for is kept. Null: nobody stands behind it. */
export function standOf(planKey: Bytes, { site, members, ...place }: SiteStand): Stand | null {
  const sponsor = sponsorOf(planKey, site, members);
  return sponsor === null
    ? null
    : { site, leaf: leafOf(place, regionOf(place.country)), sponsor: sponsorName(planKey, sponsor) };
}
