import { type IntentClaims, intentClaims, intentReason } from "../duplicate/intent.ts";
import { isCovered } from "../duplicate/intent-answer.ts";
import { jointCost, jointNames } from "../duplicate/join.ts";
import { organisationKind } from "../registry/kinds.ts";
import { isComplete, type Statement } from "../statement/statement.ts";
import type { Failure } from "../wire/failure.ts";
import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import type { AuthorFacts } from "./author-facts.ts";
import { answerTo, hearingOf, isOffered } from "./intended.ts";
import { claimsOf } from "./own-claims.ts";

/** A member's plan stands in its own dossier: the site's would show that it buys there. */
export const admitIntent: Rule = (statement, author, facts) => {
  if (!organisationKind(author.kind)?.buys) return notAllowed("only members plan audits");
  if (statement.claims.sub !== author.id) return notAllowed("an intent stands in its member's dossier");
  const claims = intentClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const reason = reasonRefusal(statement, claims.data);
  if (reason) return reason;
  const { site, until } = claims.data;
  if (!facts.sites.has(site)) return refused("no such site", "site");
  if (!hearingOf(facts.intended, site).isListed) return { reason: "not-on-your-list", site };
  if (until < facts.intended.today) return refused("must lie ahead", "until");
  return linkRefusal(statement, claims.data, facts);
};

/** Read by the member alone, and later counted: so it has to be whole, and there when it is claimed. */
function reasonRefusal(statement: Statement, { anyway }: IntentClaims): Failure | null {
  if (!isComplete(statement)) return refused("a section is not complete", "sections");
  const members = statement.sections.get("reason")?.members ?? {};
  const isGiven = Object.keys(members).length > 0;
  if (isGiven !== (anyway === true)) return refused("`anyway` and section `reason` come together", "anyway");
  const read = isGiven ? intentReason.safeParse(members) : null;
  return read && !read.success ? invalidClaims(read.error) : null;
}

/** What it names besides the site. Another's is refused as what does not exist. */
function linkRefusal({ claims }: Statement, intent: IntentClaims, { intended }: AuthorFacts): Failure | null {
  const hearing = hearingOf(intended, intent.site);
  const isOwn = (hash: string) =>
    hearing.plans.some(({ intent: it }) => it.hash === hash && it.org === intended.org && it.site === intent.site);
  if (claims.re !== undefined && !isOwn(claims.re))
    return refused("no intent of yours that stands for this site", "re");
  if (intent.covers !== undefined && !hearing.ids.includes(intended.knows.get(intent.covers) ?? ""))
    return refused("no such audit of this site", "covers");
  if (intent.joins !== undefined && !isOffered(intent.joins, intent, hearing, intended))
    return refused("no such plan to join", "joins");
  return null;
}

/**
 * To be asked of an admitted statement, after it was counted: else whoever is refused could ask on for nothing. An audit
 * covers the need, and no reason to order anyway was given.
 */
export function coveredRefusal(
  { row, claims }: Statement,
  { intended, known }: AuthorFacts,
  hash: string,
): Failure | null {
  if (row.type !== "intent" || claims["anyway"] === true || known.has(hash)) return null;
  const intent = claims as unknown as IntentClaims;
  const answer = answerTo(intent, hearingOf(intended, intent.site), intended);
  return isCovered(answer) ? { reason: "already-covered", site: intent.site, usable: answer.usable } : null;
}

/** What comes from outside: a joiner's yes to being named, or the secretariat's record of the cost. */
export const admitJoint: Rule = (statement, author, facts) => {
  if (statement.claims.sub !== author.id) return notAllowed("it stands in its author's own dossier");
  return author.isOperator ? costRefusal(statement, facts) : namesRefusal(statement, author.id, facts);
};

function namesRefusal(statement: Statement, member: string, { intended }: AuthorFacts): Failure | null {
  const claims = jointNames.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const isJoiner = intended.joints.get(claims.data.plan)?.joiners.includes(member) === true;
  return isJoiner ? null : refused("no joint audit of yours", "plan");
}

function costRefusal(statement: Statement, { intended }: AuthorFacts): Failure | null {
  const claims = jointCost.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const { plan, weights } = claims.data;
  const joint = intended.joints.get(plan);
  if (!joint || joint.joiners.length < 2) return refused("no joint audit with two joiners", "plan");
  if (joint.isSettled) return refused("its cost is recorded already", "plan");
  if (!weights) return null;
  const isEach = joint.joiners.length === Object.keys(weights).length && joint.joiners.every((org) => weights[org]);
  return isEach ? null : refused("must name every joiner and nobody else", "weights");
}
