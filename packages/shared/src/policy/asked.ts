import type { OrgId, SiteId, StatementId } from "../wire/ids.ts";
import { inactive, reaches } from "./active.ts";
import { decide } from "./decide.ts";
import type { AuditFacts, Grant } from "./facts.ts";
import type { Principal } from "./principal.ts";
import { PURPOSES, type Purpose } from "./purposes.ts";
import type { RequestClaims } from "./request.ts";
import type { Rulebook } from "./rulebook.ts";
import type { AuditSection } from "./sections.ts";

/** A request that nobody has answered and whose `until` has not come. */
export interface OpenRequest {
  readonly hash: StatementId;
  readonly site: SiteId;
  /** Null: every audit of the site. */
  readonly audit: StatementId | null;
  readonly sections: readonly AuditSection[];
  readonly purposes: readonly Purpose[];
}

/** What one member's requests are measured by. */
export interface AskedFacts {
  /** Unix ms. */
  readonly now: number;
  /** To the member or to all members, on the sites that it asks for. */
  readonly grants: readonly Grant[];
  readonly open: readonly OpenRequest[];
  /** Of the audits that it names: those it may know of. */
  readonly knows: ReadonlySet<StatementId>;
}

/** Of a batch without requests. */
export const NOTHING_ASKED: AskedFacts = { now: 0, grants: [], open: [], knows: new Set() };

/** May it know of the audit? That is: does any purpose open section `existence` to it. */
export const knowsOf = (facts: AuditFacts, principal: Principal, now: number): boolean =>
  (Object.keys(PURPOSES) as Purpose[]).some(
    (purpose) => decide(facts, { principal, purpose, sections: ["existence"], asSubmitter: false }, now).scope !== null,
  );

interface Around {
  readonly member: OrgId;
  readonly supplier: OrgId | null;
  readonly rulebook: Rulebook;
}

/** The grants in force that give all that is asked, until then; null where they do not. */
export function grantsCovering(
  request: RequestClaims,
  { grants, now }: Pick<AskedFacts, "grants" | "now">,
  { member, supplier, rulebook }: Around,
): readonly StatementId[] | null {
  const standing = grants.filter(
    (grant) =>
      grant.site === request.site &&
      (grant.audit === null || grant.audit === request.audit) &&
      reaches(grant, supplier, { org: member, kind: "member" }) &&
      // Under reciprocity what all members were given does not reach each of them: such a one may still ask for its own.
      (grant.grantee === member || rulebook.reciprocityDays === null) &&
      inactive(grant, now) === null &&
      grant.notAfter >= request.until,
  );
  const used = new Set<StatementId>();
  for (const section of request.requestSections) {
    for (const purpose of request.purposes) {
      const one = standing.find((it) => it.sections.includes(section) && it.purposes.includes(purpose));
      if (!one) return null;
      used.add(one.id);
    }
  }
  return [...used];
}

/** The same question, which still waits for its answer. */
export const sameOpen = (request: RequestClaims, open: readonly OpenRequest[]): OpenRequest | null =>
  open.find(
    (it) =>
      it.site === request.site &&
      it.audit === (request.audit ?? null) &&
      areSame(it.sections, request.requestSections) &&
      areSame(it.purposes, request.purposes),
  ) ?? null;

/** Sets: neither list names anything twice. */
const areSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name) => other.includes(name));
