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

/** The key that hides one site's place: unpredictable to whoever lacks the plan's key, and opened for an auditor alone. */
const hidingKey = (planKey: Bytes, site: string): Bytes => hmacSha256(hmacSha256(planKey, utf8("sites")), utf8(site));

export const siteCommitment = (planKey: Bytes, { site, cells, sponsor }: SitePlace): Bytes =>
  hmacSha256(hidingKey(planKey, site), utf8([site, ...cells, sponsor].join("|")));

/** b64url root over the hiding commitments, by site (RFC 6962 2.1): nobody is moved to another cell or sponsor afterwards. */
export function sitesRoot(planKey: Bytes, places: readonly SitePlace[]): string {
  const sorted = places.toSorted((a, b) => (a.site < b.site ? -1 : 1));
  return base64url(rootOfLeaves(sorted.map((place) => leafHash(siteCommitment(planKey, place)))));
}
