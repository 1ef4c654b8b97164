import * as z from "zod";
import { correctionClaims, correctionSection, disputeSection, replyClaims, replySection } from "../audit/response.ts";
import { isComplete, type Statement } from "../statement/statement.ts";
import type { Failure } from "../wire/failure.ts";
import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import type { AuthorFacts, OrgFacts, TargetFacts } from "./author-facts.ts";
import { claimsOf } from "./own-claims.ts";

/** What it answers stays sealed: which findings there are, the door does not look up. */
export const admitReply: Rule = (statement, author, facts) => {
  const failure = supplierRefusal(statement, author, facts) ?? sectionRefusal(statement, replySection);
  if (failure) return failure;
  const claims = replyClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const { text, answers = [] } = membersOf(statement);
  const isEmpty = text === undefined && (answers as readonly unknown[]).length === 0;
  return isEmpty && claims.data.stance === undefined ? refused("says nothing", "sections") : null;
};

export const admitDispute: Rule = (statement, author, facts) =>
  supplierRefusal(statement, author, facts) ??
  sectionRefusal(statement, disputeSection) ??
  ownClaimsRefusal(statement, z.strictObject({}));

/** Of the audit's own author. Intake's copies are corrected by intake, when their member hands in a newer report. */
export const admitCorrection: Rule = (statement, author, facts) => {
  const audit = auditOf(statement, facts);
  // Another's is refused as one that is not there: whoever holds a hash would else learn what it stands for.
  if (audit?.issuer !== author.id) return refused("no such audit of yours of this site", "re");
  const claims = correctionClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const failure = sectionRefusal(statement, correctionSection);
  if (failure) return failure;
  const { by } = claims.data;
  if (by !== undefined) return isNewer(facts.targets.get(by), audit) ? null : refused("no newer audit of yours", "by");
  return Object.keys(membersOf(statement)).length > 0 ? null : refused("says nothing", "sections");
};

/** A supplier answers what others say of its site; what it said itself it corrects. */
function supplierRefusal(statement: Statement, author: OrgFacts, facts: AuthorFacts): Failure | null {
  if (facts.sites.get(statement.claims.sub) !== author.id)
    return notAllowed("only a site's supplier answers its audits");
  const audit = auditOf(statement, facts);
  if (!audit) return refused("no such audit of this site", "re");
  return audit.issuer === author.id ? refused("your own audit: correct it", "re") : null;
}

function auditOf({ claims }: Statement, facts: AuthorFacts): TargetFacts | null {
  const target = claims.re === undefined ? undefined : facts.targets.get(claims.re);
  return target?.type === "audit" && target.subject === claims.sub ? target : null;
}

const isNewer = (one: TargetFacts | undefined, audit: TargetFacts): boolean =>
  one?.type === "audit" && one.subject === audit.subject && one.issuer === audit.issuer && one.index > audit.index;

/** Of a type with one section, which has the type's name. */
const membersOf = ({ row, sections }: Statement) => sections.get(row.type)?.members ?? {};

function sectionRefusal(statement: Statement, schema: z.ZodType): Failure | null {
  if (!isComplete(statement)) return refused("a section is not complete", "sections");
  const parsed = schema.safeParse(membersOf(statement));
  return parsed.success ? null : invalidClaims(parsed.error);
}

function ownClaimsRefusal(statement: Statement, schema: z.ZodType): Failure | null {
  const parsed = schema.safeParse(claimsOf(statement));
  return parsed.success ? null : invalidClaims(parsed.error);
}
