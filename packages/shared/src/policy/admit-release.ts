import { releasePlanClaims, voteClaims } from "../benchmark/claims.ts";
import { organisationKind } from "../registry/kinds.ts";
import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule } from "./admit-rule.ts";
import { claimsOf } from "./own-claims.ts";

/** The secretariat puts a plan to the vote; that it was built from participation alone is for everyone to recompute. */
export const admitReleasePlan: Rule = (statement, author) => {
  if (!author.isOperator) return notAllowed("only the operator puts a release plan to the vote");
  const claims = releasePlanClaims.safeParse(claimsOf(statement));
  return claims.success ? null : invalidClaims(claims.error);
};

/** A member's, open to all: what is voted on is what may be published of everyone. */
export const admitVote: Rule = (statement, author) => {
  if (!organisationKind(author.kind)?.buys) return notAllowed("only members vote");
  const claims = voteClaims.safeParse(claimsOf(statement));
  return claims.success ? null : invalidClaims(claims.error);
};
