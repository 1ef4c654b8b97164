import * as z from "zod";
import { type AuditContent, auditContent } from "../audit/content.ts";
import { listedRefusal } from "../duplicate/listed.ts";
import { organisationKind } from "../registry/kinds.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { REISSUE_ROOM } from "../statement/reissue.ts";
import { isComplete, MAX_STATEMENT_LENGTH, type Statement } from "../statement/statement.ts";
import type { Failure } from "../wire/failure.ts";
import { siteId } from "../wire/ids.ts";
import { invalidClaims } from "./admit-opening.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import type { AuthorFacts } from "./author-facts.ts";
import { claimsOf } from "./own-claims.ts";
import { isPlainlySpelt } from "./spelling.ts";

// `listed`: a member's list says that there is such an audit; no report was seen.
const submissionClaims = z.strictObject({ site: siteId, listed: z.literal(true).optional() });
// Always disclosed to every reader, so nothing that belongs into a section, and no buyer's name.
const auditClaims = z.strictObject({ provenance: z.string() });

/** Intake decrypts, re-issues and later opens what is stored, so nothing incomplete may come in (FORMATS 1). */
function readContent(statement: Statement): Result<AuditContent, Failure> {
  if (!isComplete(statement)) return fail(refused("a section is not complete", "sections"));
  const content: Record<string, unknown> = {};
  for (const [name, section] of statement.sections) content[name] = section.members;
  const parsed = auditContent.safeParse(content);
  return parsed.success ? ok(parsed.data) : fail(invalidClaims(parsed.error));
}

/** A member's report goes into its own dossier; a site's would show who buys there (DESIGN 2.3). */
export const admitSubmission: Rule = (statement, author, facts) => {
  if (!organisationKind(author.kind)?.buys) return notAllowed("only members submit");
  if (statement.claims.sub !== author.id) return notAllowed("a submission is about its own organisation");
  const claims = submissionClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  if (!facts.sites.has(claims.data.site)) return refused("no such site", "site");
  const replacement = replacementRefusal(statement, claims.data, facts);
  if (replacement) return replacement;
  // One audit that is too long to be issued would hold up the round of every member.
  if (statement.text.length > MAX_STATEMENT_LENGTH - REISSUE_ROOM) return refused("too long to be re-issued");
  const content = readContent(statement);
  if (!content.ok) return content.failure;
  const tooMuch = claims.data.listed ? listedRefusal(content.value) : null;
  if (tooMuch) return refused(tooMuch.why, tooMuch.at);
  return isPlainlySpelt(statement, content.value)
    ? null
    : refused("not in the one spelling of submissions", "sections");
};

/** `re` names the report that this one stands in place of. Nothing else may be said with it: intake acts on it. */
function replacementRefusal(
  { claims }: Statement,
  { site, listed }: z.infer<typeof submissionClaims>,
  { targets }: AuthorFacts,
): Failure | null {
  if (claims.re === undefined) return null;
  const older = targets.get(claims.re);
  if (older?.issuer !== claims.iss || older.reports?.site !== site)
    return refused("no such submission of yours for this site", "re");
  if (listed && !older.reports.isListed) return refused("a list stands in place of no report", "re");
  return older.reports.isReplaced ? refused("a later submission stands in its place already", "re") : null;
}

export const admitAudit: Rule = (statement, author, facts) => {
  const supplier = facts.sites.get(statement.claims.sub);
  if (supplier === undefined) return refused("no such site", "sub");
  const claims = auditClaims.safeParse(claimsOf(statement));
  if (!claims.success) return invalidClaims(claims.error);
  const { provenance } = claims.data;
  const expected = author.id === supplier ? "supplier-signed" : "auditor-signed";
  if (author.id !== supplier && !organisationKind(author.kind)?.assesses) return notAllowed("not an assessor");
  if (provenance !== expected) return refused(`must be \`${expected}\` for this author`, "provenance");
  const content = readContent(statement);
  return content.ok ? null : content.failure;
};
