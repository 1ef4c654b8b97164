import { organisationKind } from "../registry/kinds.ts";
import type { Failure } from "../wire/failure.ts";
import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import { grantsCovering, sameOpen } from "./asked.ts";
import type { AuthorFacts, OrgFacts, TargetFacts } from "./author-facts.ts";
import { claimsOf } from "./own-claims.ts";
import { type AnswerClaims, answerClaims, type RequestClaims, requestClaims } from "./request.ts";

/** A member asks in its own dossier: the site's would show that it buys there. */
export const admitRequest: Rule = (statement, author, facts) => {
  if (!organisationKind(author.kind)?.buys) return notAllowed("only members ask for access");
  if (statement.claims.sub !== author.id) return notAllowed("a request stands in its member's dossier");
  const claims = requestClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const { site, audit, until } = claims.data;
  if (!facts.sites.has(site)) return refused("no such site", "site");
  if (audit !== undefined && !isKnown(audit, site, facts)) return refused("no such audit of this site", "audit");
  if (until <= facts.asked.now) return refused("must lie ahead", "until");
  return repeated(claims.data, author, facts);
};

/** An audit that the member may not know of is refused as one that does not exist. */
const isKnown = (audit: string, site: string, { targets, asked }: AuthorFacts): boolean =>
  targets.get(audit)?.subject === site && asked.knows.has(audit);

/** Nobody is asked twice: for what it has given already, or while it has not answered yet. */
function repeated(request: RequestClaims, author: OrgFacts, { asked, sites, rulebook }: AuthorFacts): Failure | null {
  const supplier = sites.get(request.site) ?? null;
  const grants = grantsCovering(request, asked, { member: author.id, supplier, rulebook });
  const { site, audit = null } = request;
  if (grants) return { reason: "already-granted", grants, site, audit, purpose: request.purposes[0] as string };
  const first = sameOpen(request, asked.open);
  return first && { reason: "already-asked", first: first.hash };
}

/** The supplier of the site that was asked for, in its own dossier. Another's request is refused as one that does not exist. */
export const admitAnswer: Rule = (statement, author, facts) => {
  if (statement.claims.sub !== author.id) return notAllowed("an answer stands in its supplier's dossier");
  const claims = answerClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const { re } = statement.claims;
  const asked = re === undefined ? null : (facts.targets.get(re)?.asks ?? null);
  if (!asked || facts.sites.get(asked.site) !== author.id) return refused("no such request to you", "re");
  return fallsShort(claims.data, asked) ? refused("`yes` opens all that was asked; else say `partly`", "opens") : null;
};

/** A yes may open more than was asked, and from later on; never less, nor for a shorter time. */
function fallsShort({ answer, opens }: AnswerClaims, asked: NonNullable<TargetFacts["asks"]>): boolean {
  if (answer !== "yes" || !opens) return false;
  const { grantSections, purposes, notAfter } = opens;
  const isAll =
    asked.sections.every((name) => grantSections.includes(name)) &&
    asked.purposes.every((name) => purposes.includes(name));
  return !isAll || notAfter < asked.until;
}
