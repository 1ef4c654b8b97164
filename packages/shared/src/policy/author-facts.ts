import type { PublishedFramework } from "../benchmark/framework/framework.ts";
import type { Merges } from "../registry/resolve.ts";
import type { OrgId, SiteId, StatementId, SubjectId } from "../wire/ids.ts";
import type { AskedFacts } from "./asked.ts";
import type { IntendedFacts } from "./intended.ts";
import type { Purpose } from "./purposes.ts";
import type { RecognisedFacts } from "./recognised.ts";
import type { Rulebook } from "./rulebook.ts";
import type { AuditSection } from "./sections.ts";

/** A signing key as the registry holds it; `from`, `until` and `loss` are log indexes. */
export interface KeyFacts {
  readonly kid: string;
  readonly x: string;
  readonly org: string;
  readonly use: string;
  readonly from: number;
  readonly until: number | null;
  readonly loss: number | null;
}

export interface OrgFacts {
  readonly id: OrgId;
  readonly kind: string;
  readonly isOperator: boolean;
  readonly suspended: boolean;
  readonly admits: readonly string[];
}

export interface SubjectFacts {
  readonly id: SubjectId;
  readonly kind: string;
  readonly commitment: string;
  readonly reservedBy: string;
  readonly opened: boolean;
}

export interface TargetFacts {
  readonly hash: StatementId;
  readonly issuer: string;
  readonly type: string;
  readonly subject: SubjectId;
  /** Its place in the log. */
  readonly index: number;
  /** Of a grant, an answer that opens, a consent or terms. */
  readonly revoked: boolean;
  /** Of intake's copy: the member that handed it in. Never said to anyone else. */
  readonly submitter: OrgId | null;
  /** Of a request: what it asks for. */
  readonly asks: {
    readonly site: SiteId;
    readonly sections: readonly AuditSection[];
    readonly purposes: readonly Purpose[];
    /** Unix ms. */
    readonly until: number;
  } | null;
  /** Of an answer: whether it opens anything. */
  readonly opens: boolean;
  /** Of a submission: the site that it reports on, whether without a report, and whether a later one stands in its place. */
  readonly reports: { readonly site: SiteId; readonly isListed: boolean; readonly isReplaced: boolean } | null;
}

/** The registry around a batch of statements: look-ups by id, filled by `loadAuthorFacts` in one round trip. */
export interface AuthorFacts {
  readonly origin: string;
  readonly orgs: ReadonlyMap<OrgId, OrgFacts>;
  readonly keys: ReadonlyMap<string, KeyFacts>;
  readonly subjects: ReadonlyMap<SubjectId, SubjectFacts>;
  /** Supplier of each site; null of one that the platform opened and nobody answers for yet. */
  readonly sites: ReadonlyMap<SiteId, OrgId | null>;
  /** Around the sites that merges and splits of the batch speak of. */
  readonly merges: Merges;
  readonly targets: ReadonlyMap<StatementId, TargetFacts>;
  readonly rulebook: Rulebook;
  readonly asked: AskedFacts;
  readonly recognised: RecognisedFacts;
  readonly intended: IntendedFacts;
  /** Of the frameworks that the batch has versions of, the newest one, by the framework's id. */
  readonly frameworks: ReadonlyMap<string, PublishedFramework>;
  /** Those of the batch that are in the store already: they were admitted when they came first. */
  readonly known: ReadonlySet<StatementId>;
}
