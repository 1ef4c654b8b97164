import type { OpenedKind, OrgId, SiteId, StatementId, SubjectId } from "../wire/ids.ts";
import type { Purpose } from "./purposes.ts";
import type { AuditSection } from "./sections.ts";

declare const minted: unique symbol;

/** What the receipt of a read says, and in whose chain it stands: the supplier's, the site's while it has none, or the reader's own. */
export interface ReceiptNote {
  readonly holder: string;
  /** The reader's id, or only its kind, as the rulebook says. */
  readonly reader: string;
  /** How long the holder does not see it yet. */
  readonly delayMs: number;
  readonly standing: "author" | "submitter" | "supplier" | "grant";
  readonly sections: readonly AuditSection[];
  readonly because: readonly StatementId[];
}

/** Leave to read some sections of one audit, once, with a receipt. Minted by `decide` alone. */
export interface ReadScope {
  readonly org: OrgId;
  readonly audit: StatementId;
  readonly site: SiteId;
  readonly sections: readonly AuditSection[];
  /** The submitting member and an arbiter see `origin`, the top-level disclosure. */
  readonly origin: boolean;
  readonly purpose: Purpose;
  readonly because: readonly StatementId[];
  readonly receipt: ReceiptNote;
  readonly factsVersion: number;
  /** Unix ms: the receipt is refused from here on, since a grant ends. */
  readonly validUntil: number;
  readonly [minted]: "read";
}

/** Leave for one author to say one thing about one subject. Minted by `admit` alone. */
export interface WriteScope {
  readonly statement: StatementId;
  readonly issuer: string;
  readonly subject: SubjectId;
  readonly [minted]: "write";
}

/** Leave to work on everything: rebuild, fsck, duty. Minted in workers/index.ts and workers/duty alone. */
export interface SystemScope {
  readonly reason: string;
  readonly [minted]: "system";
}

type Unminted<T> = Omit<T, typeof minted>;

export const mintRead = (scope: Unminted<ReadScope>): ReadScope => scope as ReadScope;
export const mintWrite = (scope: Unminted<WriteScope>): WriteScope => scope as WriteScope;
export const mintSystem = (reason: string): SystemScope => ({ reason }) as SystemScope;

/** Leave to take the headers of one dossier, and its K. Minted by `decideWalk` alone. */
export interface WalkScope {
  readonly subject: SubjectId;
  readonly [minted]: "walk";
}

/** Leave to reserve the id of one subject. Minted by `decideReserve` alone. */
export interface ReserveScope {
  readonly org: OrgId;
  readonly kind: OpenedKind;
  readonly [minted]: "reserve";
}

export const mintWalk = (subject: SubjectId): WalkScope => ({ subject }) as WalkScope;
export const mintReserve = (org: OrgId, kind: OpenedKind): ReserveScope => ({ org, kind }) as ReserveScope;
