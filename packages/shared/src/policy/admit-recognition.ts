import { recognitionClaims } from "../duplicate/recognition.ts";
import { organisationKind } from "../registry/kinds.ts";
import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import { claimsOf } from "./own-claims.ts";
import { recognitionKey } from "./recognised.ts";

/** A member's, in its own dossier: the site's would show that it buys there. */
export const admitRecognition: Rule = (statement, author, { recognised }) => {
  if (!organisationKind(author.kind)?.buys) return notAllowed("only members recognise audits");
  if (statement.claims.sub !== author.id) return notAllowed("a recognition stands in its member's dossier");
  const claims = recognitionClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const { audit, instead } = claims.data;
  // An audit that the member may not know of is refused as one that does not exist.
  if (!recognised.open.has(audit)) return refused("no such audit of another's that is open to you by a grant", "audit");
  const first = recognised.standing.get(recognitionKey(audit, instead.scheme));
  return first === undefined ? null : refused(`in place of that scheme it stands already, by \`${first}\``, "instead");
};
