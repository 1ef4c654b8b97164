import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import { claimsOf } from "./own-claims.ts";
import { rulebookClaims } from "./rulebook.ts";
import { consentClaims, termsClaims } from "./terms.ts";

/** The rulebook is the operator's to publish, in the dossier that all can read. */
export const admitRulebook: Rule = (statement, author) => {
  if (!author.isOperator) return notAllowed("only the operator publishes the rulebook");
  const claims = rulebookClaims.safeParse(claimsOf(statement));
  return claims.success ? null : invalidClaims(claims.error);
};

/** Terms name the rulebook that is in force, so that nobody's yes to one is taken for a yes to the next. */
export const admitTerms: Rule = (statement, author, facts) => {
  if (statement.claims.sub !== author.id) return notAllowed("terms stand in their supplier's dossier");
  const claims = termsClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  if (facts.sites.get(claims.data.site) !== author.id) return notAllowed("only a site's supplier signs its terms");
  const { rulebook } = facts;
  if (claims.data.rulebook !== rulebook.statement) return refused("not the rulebook that is in force", "rulebook");
  return rulebook.mode === "pool" ? null : refused("the rulebook that is in force has no pool", "rulebook");
};

/** Of the member that handed the report in, in its own dossier: a site's would say who paid. */
export const admitConsent: Rule = (statement, author, facts) => {
  if (statement.claims.sub !== author.id) return notAllowed("a consent stands in its member's dossier");
  const claims = consentClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const audit = facts.targets.get(claims.data.audit);
  const isOwn = audit?.type === "audit" && audit.submitter === author.id;
  return isOwn ? null : refused("no such audit that you handed in", "audit");
};
