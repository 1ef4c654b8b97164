import { base64url } from "../base64.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { isComplete, type Statement } from "../statement/statement.ts";
import type { Failure } from "../wire/failure.ts";
import { admitConsent, admitRulebook, admitTerms } from "./admit-access.ts";
import { admitAudit, admitSubmission } from "./admit-audit.ts";
import { admitDiscovery } from "./admit-discovery.ts";
import { admitFramework } from "./admit-framework.ts";
import { admitGrant, admitRevoke } from "./admit-grant.ts";
import { admitIntent, admitJoint } from "./admit-intent.ts";
import { admitListing } from "./admit-listing.ts";
import { admitMerge, admitSplit } from "./admit-merge.ts";
import { admitKeyStatement, admitOrganisation, admitSite } from "./admit-opening.ts";
import { admitPolicy } from "./admit-policy.ts";
import { admitRecognition } from "./admit-recognition.ts";
import { admitReleasePlan, admitVote } from "./admit-release.ts";
import { admitAnswer, admitRequest } from "./admit-request.ts";
import { admitCorrection, admitDispute, admitReply } from "./admit-response.ts";
import { notAllowed, type Rule, refused } from "./admit-rule.ts";
import type { AuthorFacts } from "./author-facts.ts";
import { mintWrite, type WriteScope } from "./scope.ts";

const RULES: Readonly<Record<string, Rule>> = {
  organisation: admitOrganisation,
  site: admitSite,
  key: admitKeyStatement,
  submission: admitSubmission,
  audit: admitAudit,
  grant: admitGrant,
  revoke: admitRevoke,
  rulebook: admitRulebook,
  terms: admitTerms,
  consent: admitConsent,
  request: admitRequest,
  answer: admitAnswer,
  reply: admitReply,
  dispute: admitDispute,
  correction: admitCorrection,
  discovery: admitDiscovery,
  listing: admitListing,
  intent: admitIntent,
  joint: admitJoint,
  recognition: admitRecognition,
  policy: admitPolicy,
  merge: admitMerge,
  split: admitSplit,
  framework: admitFramework,
  "release-plan": admitReleasePlan,
  vote: admitVote,
};

/** May this author say this about this subject? The only place that mints a `WriteScope` for what comes from outside. */
export function admit(statement: Statement, facts: AuthorFacts): Result<WriteScope, Failure> {
  // Sent again, a key or an opening would be refused for being known, and its author would never see its receipt.
  if (facts.known.has(base64url(statement.hash)))
    return isComplete(statement) ? ok(writeScopeOf(statement)) : fail(refused("a section is not complete", "sections"));
  const author = facts.orgs.get(statement.claims.iss);
  if (!author) return fail(notAllowed("unknown author"));
  if (author.suspended) return fail(notAllowed("suspended author"));
  if (statement.claims["_sd"] !== undefined) return fail(refused("only intake's copies have top-level digests", "_sd"));
  const rule = RULES[statement.row.type];
  if (!rule) return fail(refused(`statements of type \`${statement.row.type}\` are not taken from outside`, "vct"));
  // The log's origin names the one dossier that every reader walks for openings and keys.
  if (statement.row.subject === "consortium" && statement.claims.sub !== facts.origin)
    return fail(refused("stands in the consortium's dossier", "sub"));
  const failure = rule(statement, author, facts);
  return failure ? fail(failure) : ok(writeScopeOf(statement));
}

const writeScopeOf = (statement: Statement): WriteScope =>
  mintWrite({
    statement: base64url(statement.hash),
    issuer: statement.claims.iss,
    subject: statement.claims.sub,
  });

/** What the platform key states (intake, keyring) and the founding statements, whose author no registry knows yet. */
export const admitPlatform = (statement: Statement, platform: { origin: string; kid: string }): WriteScope => {
  if (statement.claims.iss !== platform.origin || statement.kid !== platform.kid) throw new Error("not the platform's");
  return writeScopeOf(statement);
};

export const admitFounding = (statement: Statement, founder: { operator: string }): WriteScope => {
  if (statement.claims.iss !== founder.operator) throw new Error("not the founder's");
  return writeScopeOf(statement);
};
