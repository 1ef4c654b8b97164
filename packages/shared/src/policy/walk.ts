import type { OrgId, SubjectId } from "../wire/ids.ts";
import { inactive, reaches } from "./active.ts";
import type { AuditFacts, Grant } from "./facts.ts";
import { contributesUntil } from "./granted.ts";
import type { Principal } from "./principal.ts";
import { mintWalk, type WalkScope } from "./scope.ts";

/** What stands around a dossier that has been opened. */
export interface DossierFacts {
  readonly subject: SubjectId;
  readonly kind: string;
  /** Of a site; null for other kinds. */
  readonly supplier: OrgId | null;
  /** The asker signed a statement in it. */
  readonly isAuthor: boolean;
  /** The site's audits reach all members: mode `pool`, and its supplier signed the terms in force. */
  readonly isPooled: boolean;
  readonly reciprocityDays: AuditFacts["rulebook"]["reciprocityDays"];
  /** Of the asker. */
  readonly contributedAt: AuditFacts["contributedAt"];
  /** To the asker or to all members, of whatever standing. */
  readonly grants: readonly Pick<Grant, "grantor" | "grantee" | "notBefore" | "notAfter" | "revoked">[];
}

/**
 * FORMATS 2: K and headers go to whoever may see that the subject's statements exist. An organisation sees its own dossier; a
 * site's is seen by its supplier, by an author in it, under a grant that is active now, and in a pool; what is for all members by those
 * that contribute, where the rulebook says so. Null facts: there is no such dossier.
 */
export function decideWalk(facts: DossierFacts | null, principal: Principal, now: number): WalkScope | null {
  if (facts === null || principal.suspended) return null;
  const sees = facts.kind === "site" ? seesSite(facts, principal, now) : facts.subject === principal.org;
  return sees ? mintWalk(facts.subject) : null;
}

/** The consortium's dossier is open to all, members or not. */
export const walkConsortium = (origin: string): WalkScope => mintWalk(origin);

function seesSite(facts: DossierFacts, principal: Principal, now: number): boolean {
  if (facts.supplier === principal.org || facts.isAuthor) return true;
  const contributes = now < contributesUntil(facts.reciprocityDays, facts.contributedAt);
  if (facts.isPooled && principal.kind === "member" && contributes) return true;
  return facts.grants.some(
    (grant) =>
      reaches(grant, facts.supplier, principal) &&
      (grant.grantee === principal.org || contributes) &&
      inactive(grant, now) === null,
  );
}
