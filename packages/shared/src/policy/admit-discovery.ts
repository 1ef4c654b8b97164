import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule } from "./admit-rule.ts";
import { discoveryClaims } from "./discovery.ts";
import { claimsOf } from "./own-claims.ts";

/** In the supplier's own dossier: a site's readers have nothing to do with it. */
export const admitDiscovery: Rule = (statement, author, facts) => {
  if (statement.claims.sub !== author.id) return notAllowed("a withdrawal stands in its supplier's dossier");
  const claims = discoveryClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  return facts.sites.get(claims.data.site) === author.id
    ? null
    : notAllowed("only a site's supplier takes it out of discovery");
};
