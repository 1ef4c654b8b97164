import { grantOf } from "@quasarix/client/drafts.ts";
import { refusalIn } from "@quasarix/client/membership.ts";
import { refusalSays } from "@quasarix/client/refusal.ts";
import { all } from "@quasarix/client/routes.ts";
import type { GrantClaims } from "@quasarix/shared/policy/grant.ts";
import { PRESETS } from "@quasarix/shared/policy/sections.ts";
import type { SiteView } from "@quasarix/shared/wire/registry.ts";
import { must, type Party } from "./party.ts";

const DAY_MS = 86_400_000;

/** Of each supplier: of the others, members know what they handed in themselves and what overlap tells. */
const GRANTED_SITES = 12;

/**
 * What a supplier opens: a dozen sites' existence to all members, and to two members in turn the findings of one site
 * and all of another's. The second site's `members` grant is left out: its audits are for those two alone.
 */
function wantedOf(sites: readonly SiteView[], members: readonly Party[], turn: number, now: number): GrantClaims[] {
  const from = now - (now % DAY_MS);
  const window = { notBefore: from, notAfter: from + 730 * DAY_MS };
  const member = (at: number) => (members[(turn + at) % members.length] as Party).who.org;
  return sites.slice(0, GRANTED_SITES).flatMap((site, at): GrantClaims[] => {
    const open: GrantClaims = {
      grantee: "members",
      site: site.id,
      grantSections: ["existence"],
      purposes: ["audit-avoidance", "due-diligence"],
      ...window,
    };
    const closer: GrantClaims = {
      grantee: member(at),
      site: site.id,
      grantSections: [...(at === 0 ? PRESETS.full : PRESETS.findings)],
      purposes: ["due-diligence", "corrective-action"],
      ...window,
    };
    return at === 1 ? [closer, { ...closer, grantee: member(at + 1) }] : [open, closer];
  });
}

const nameOf = ({ grantee, site }: Pick<GrantClaims, "grantee" | "site">): string => `${grantee} ${site}`;

/** Gives what it has not given yet. One that it took back stays taken back. Resolves to how many there are. */
export async function giveGrants(
  supplier: Party,
  sites: readonly SiteView[],
  members: readonly Party[],
  turn: number,
): Promise<number> {
  const { client, author, who } = supplier;
  const given = must(await all((cursor) => client.routes.grants({ cursor, limit: 100, side: "given" })));
  const known = new Set(given.map(nameOf));
  const missing = wantedOf(sites, members, turn, client.host.now()).filter((claims) => !known.has(nameOf(claims)));
  if (missing.length > 0) {
    const issued = must(await author.issue(missing.map((claims) => grantOf(who.org, claims))));
    const refused = refusalIn(await author.post(issued));
    if (refused) throw new Error(refusalSays(refused.failure));
  }
  return given.length + missing.length;
}
