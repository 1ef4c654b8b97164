import * as z from "zod";
import { keyClaims } from "../registry/key.ts";
import { organisationKind } from "../registry/kinds.ts";
import { organisationClaims } from "../registry/organisation.ts";
import { siteClaims } from "../registry/site.ts";
import { admitKey, thumbprint } from "../statement/key.ts";
import type { Statement } from "../statement/statement.ts";
import type { Failure } from "../wire/failure.ts";
import { hashText } from "../wire/ids.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import type { AuthorFacts } from "./author-facts.ts";
import { claimsOf } from "./own-claims.ts";

/** Kids of the first keys: the operator's word that they are this organisation's. */
const admitsClaim = z.array(hashText).min(1).max(8);

/** The opening fits a reservation that nobody has used: a second opening of one subject would be evidence of fraud. */
function checkOpening(statement: Statement, facts: AuthorFacts, kind: "organisation" | "site"): Failure | null {
  const { opens, dossier } = statement.claims;
  const subject = typeof opens === "string" ? facts.subjects.get(opens) : undefined;
  if (!subject || subject.kind !== kind) return refused("no such reservation", "opens");
  if (subject.commitment !== dossier) return refused("not the commitment that was handed out", "dossier");
  if (subject.opened) return { reason: "subject-opened", subject: subject.id };
  return null;
}

export const admitOrganisation: Rule = (statement, author, facts) => {
  if (!author.isOperator) return notAllowed("only the operator admits organisations");
  const { admits, ...own } = claimsOf(statement, "opens", "dossier");
  if (!admitsClaim.safeParse(admits).success) return refused("must name the kids of the first keys", "admits");
  const claims = organisationClaims.safeParse(own);
  if (!claims.success) return invalidClaims(claims.error);
  return checkOpening(statement, facts, "organisation");
};

export const admitSite: Rule = (statement, author, facts) => {
  const claims = siteClaims.safeParse(claimsOf(statement, "opens", "dossier"));
  if (!claims.success) return invalidClaims(claims.error);
  // Only the platform opens a site for which nobody answers yet, and it does not come through this door.
  if (claims.data.supplier === undefined) return refused("must name who answers for the site", "supplier");
  const supplier = facts.orgs.get(claims.data.supplier);
  if (!supplier || !organisationKind(supplier.kind)?.supplies) return refused("is no supplier here", "supplier");
  if (!author.isOperator && author.id !== supplier.id)
    return notAllowed("a site is opened by its supplier or the operator");
  const opens = statement.claims["opens"];
  const reservedBy = typeof opens === "string" ? facts.subjects.get(opens)?.reservedBy : undefined;
  if (reservedBy !== author.id) return refused("no such reservation", "opens");
  return checkOpening(statement, facts, "site");
};

/** First keys stand on the operator's `admits`; a later one on a record key that stands (the signature was checked). */
export const admitKeyStatement: Rule = (statement, author, facts) => {
  const claims = keyClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const key = admitKey(claims.data.x);
  if (!key.ok) return refused(key.failure, "x");
  const kid = thumbprint(key.value);
  if (facts.keys.has(kid)) return refused("this key is known already", "x");
  const isFirst = statement.kid === kid;
  if (isFirst && !author.admits.includes(kid)) return notAllowed("the operator has not admitted this key");
  if (!isFirst && !claims.data.possession) return refused("must show possession of the new key", "possession");
  if (claims.data.custody && !author.isOperator) return refused("only the platform keeps keys in custody", "custody");
  return null;
};

export function invalidClaims(error: z.ZodError): Failure {
  const first = error.issues[0];
  return refused(first?.message ?? "not as the schema says", first ? first.path.join("/") : "");
}
