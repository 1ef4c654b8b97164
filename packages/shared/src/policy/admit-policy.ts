import { readAcceptancePolicy } from "../duplicate/policy-problems.ts";
import { organisationKind } from "../registry/kinds.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import { claimsOf } from "./own-claims.ts";

/** In the member's own dossier: what a member accepts is for its own suppliers to read, and for no other member. */
export const admitPolicy: Rule = (statement, author) => {
  if (!organisationKind(author.kind)?.buys) return notAllowed("only members publish what they accept");
  if (statement.claims.sub !== author.id) return notAllowed("an acceptance policy stands in its member's dossier");
  if (statement.claims.re !== undefined) return refused("a policy is whole each time and answers nothing", "re");
  const policy = readAcceptancePolicy(claimsOf(statement));
  if (policy.ok) return null;
  const [first] = policy.failure;
  const at = first?.path.replaceAll(".", "/");
  return refused(first?.message ?? "not as the schema says", at === "" ? undefined : at);
};
