import { readFramework } from "../benchmark/framework/read-framework.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import { claimsOf } from "./own-claims.ts";

/** The secretariat's, open to all; a version follows the newest one and says what it changes. */
export const admitFramework: Rule = (statement, author, facts) => {
  if (!author.isOperator) return notAllowed("only the operator publishes a framework");
  const claims = claimsOf(statement);
  const newest = facts.frameworks.get(String(claims["framework"])) ?? null;
  const read = readFramework(claims, newest);
  if (read.ok) return null;
  const [first] = read.failure;
  return refused(first?.message ?? "not as the schema says", first?.path.replaceAll(".", "/"));
};
