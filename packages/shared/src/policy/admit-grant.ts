import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import { grantClaims, revokeClaims } from "./grant.ts";
import { claimsOf } from "./own-claims.ts";

/** A grant is the supplier's, in its own dossier: a site's dossier would name the grantee. */
export const admitGrant: Rule = (statement, author, facts) => {
  if (statement.claims.sub !== author.id) return notAllowed("a grant stands in its grantor's dossier");
  const claims = grantClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const { site, grantee, audit } = claims.data;
  if (facts.sites.get(site) !== author.id) return notAllowed("only a site's supplier grants");
  if (grantee !== "members" && !facts.orgs.has(grantee)) return refused("no such organisation", "grantee");
  if (audit === undefined) return null;
  const target = facts.targets.get(audit);
  return target?.type === "audit" && target.subject === site ? null : refused("no such audit of this site", "audit");
};

/** Besides answers, of which only those that opened something can be revoked. */
const GIVEN: readonly string[] = ["grant", "consent", "terms", "discovery", "recognition", "intent", "joint"];

export const admitRevoke: Rule = (statement, author, facts) => {
  if (statement.claims.sub !== author.id) return notAllowed("a revocation stands in its grantor's dossier");
  const claims = revokeClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const re = statement.claims.re;
  const target = re === undefined ? undefined : facts.targets.get(re);
  const isGiven = target !== undefined && (GIVEN.includes(target.type) || target.opens);
  // The secretariat's `joint` is a joint audit's cost, which others have been charged by.
  if (!isGiven || (target.type === "joint" && author.isOperator) || target.issuer !== author.id)
    return refused("nothing of yours that can be revoked", "re");
  return target.revoked ? refused("this is revoked already", "re") : null;
};
