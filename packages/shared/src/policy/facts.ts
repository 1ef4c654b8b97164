import type { SharingRight } from "../audit/existence.ts";
import type { OrgId, SiteId, StatementId } from "../wire/ids.ts";
import type { Principal } from "./principal.ts";
import type { Purpose } from "./purposes.ts";
import type { Rulebook } from "./rulebook.ts";
import type { AuditSection } from "./sections.ts";

/** A grant as the projection holds it. Times are Unix ms; the window is `[notBefore, notAfter)`. */
export interface Grant {
  readonly id: StatementId;
  readonly grantor: OrgId;
  readonly grantee: OrgId | "members";
  readonly site: SiteId;
  /** Null: every audit of the site. */
  readonly audit: StatementId | null;
  readonly sections: readonly AuditSection[];
  readonly purposes: readonly Purpose[];
  readonly notBefore: number;
  readonly notAfter: number;
  readonly revoked: boolean;
}

/** The paying buyer's yes to sharing, as the projection holds it. The window is `[notBefore, notAfter)`. */
export interface Consent {
  readonly id: StatementId;
  readonly org: OrgId;
  readonly sections: readonly AuditSection[];
  readonly notBefore: number;
  readonly notAfter: number;
  readonly revoked: boolean;
}

/** All that `decide` looks at: ids and existence, never a body. */
export interface AuditFacts {
  readonly audit: StatementId;
  readonly site: SiteId;
  readonly author: string;
  readonly submitter: OrgId | null;
  readonly supplier: OrgId | null;
  readonly right: SharingRight;
  /** The author's key was declared lost at or before this statement. */
  readonly disputed: boolean;
  readonly rulebook: Rulebook;
  /** The supplier's terms for this site under the very rulebook that is in force; null: it signed none, or ended them. */
  readonly terms: StatementId | null;
  /** Unix ms from which on the audit is final (`audit/lifecycle.ts`); null while the clock has not started. */
  readonly finalAt: number | null;
  /** Unix ms at which the log took the asker's last contributed audit; null: none yet. */
  readonly contributedAt: number | null;
  readonly grants: readonly Grant[];
  readonly consents: readonly Consent[];
  readonly factsVersion: number;
}

export interface Ask {
  readonly principal: Principal;
  readonly purpose: Purpose;
  /** Null: whatever is open. */
  readonly sections: readonly AuditSection[] | null;
  /** Expressly as the member that submitted it, to compare intake's copy with one's own. */
  readonly asSubmitter: boolean;
}
