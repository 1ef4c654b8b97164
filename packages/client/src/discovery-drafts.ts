import { type ListedAudit, listedContent } from "@quasarix/shared/duplicate/listed.ts";
import type { DiscoveryClaims } from "@quasarix/shared/policy/discovery.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { plain, type Saying, submissionOf } from "./drafts.ts";

/** A member's list says that there is such an audit. `replaces`: the own listed claim that this one stands in place of. */
export const listedOf = (member: string, site: string, row: ListedAudit, replaces?: string): Saying => ({
  ...submissionOf(member, site, listedContent(row), replaces),
  claims: { site, listed: true },
});

/** A supplier takes its site out of discovery; `revokeOf` puts it back. */
export const withdrawalOf = (supplier: string, claims: DiscoveryClaims): Saying => ({
  vct: vctOf("discovery"),
  sub: supplier,
  claims: plain(claims),
});
