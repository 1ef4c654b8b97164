import type { SharingRight } from "../audit/existence.ts";
import type { OrgId, SiteId, StatementId } from "../wire/ids.ts";
import type { Principal } from "./principal.ts";
import type { Purpose } from "./purposes.ts";
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
  readonly grants: readonly Grant[];
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
