import { base64url } from "../base64.ts";
import { type Bytes, utf8 } from "../bytes.ts";
import { leafHash, rootOfLeaves } from "../log/tree.ts";
import { hmacSha256 } from "../sha256.ts";

/** Where a participant stands for a plan's life: the path of its cell in each series, and its sponsor. */
export interface SitePlace {
  readonly site: string;
  readonly cells: readonly string[];
  readonly sponsor: string;
}

/** Hides each site's place: unpredictable to whoever lacks the plan's key, and opened site by site, for an auditor alone. */
const sitesKey = (planKey: Bytes): Bytes => hmacSha256(planKey, utf8("sites"));

function commitment(key: Bytes, { site, cells, sponsor }: SitePlace): Bytes {
  return hmacSha256(hmacSha256(key, utf8(site)), utf8([site, ...cells, sponsor].join("|")));
}

/** b64url root over the hiding commitments, by site (RFC 6962 2.1): nobody is moved to another cell or sponsor afterwards. */
export function sitesRoot(planKey: Bytes, places: readonly SitePlace[]): string {
  const key = sitesKey(planKey);
  const sorted = places.toSorted((a, b) => (a.site < b.site ? -1 : 1));
  return base64url(rootOfLeaves(sorted.map((place) => leafHash(commitment(key, place)))));
}
