import type { SharingRight } from "@quasarix/shared/audit/existence.ts";
import type { AuditFacts, Grant } from "@quasarix/shared/policy/facts.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import type { AuditSection } from "@quasarix/shared/policy/sections.ts";
import type { Db } from "./db.ts";

interface AuditFactsRow {
  readonly audit: string;
  readonly site: string;
  readonly author: string;
  readonly submitter: string | null;
  readonly supplier: string | null;
  readonly sharing: SharingRight;
  readonly logIndex: number;
  readonly loss: number | null;
  readonly version: number;
}

type GrantRow = Omit<Grant, "sections" | "purposes" | "revoked"> & {
  readonly sections: string;
  readonly purposes: string;
  readonly revoked: 0 | 1;
};

// The subjects whose facts decide a read: the site, the reader, the consortium. Versions only rise, so equal sums are equal versions.
const VERSION = `(SELECT sum(facts_version) FROM subjects WHERE id IN (?SITE, ?2, ?3))`;

const FACTS = `SELECT a.hash AS audit, a.site, a.author, a.sharing_right AS sharing, a.log_index AS logIndex, s.supplier,
    (SELECT org FROM submissions WHERE audit = a.hash) AS submitter,
    (SELECT loss_index FROM keys WHERE kid = a.kid) AS loss,
    ${VERSION.replace("?SITE", "a.site")} AS version
  FROM audits AS a LEFT JOIN sites AS s ON s.id = a.site WHERE a.hash IN (SELECT value FROM json_each(?1))`;

const GRANTS = `SELECT id, grantor, grantee, site, audit, sections, purposes, not_before AS notBefore, not_after AS notAfter,
    revoked_by IS NOT NULL AS revoked
  FROM grants WHERE grantee IN (?2, 'members')
    AND site IN (SELECT site FROM audits WHERE hash IN (SELECT value FROM json_each(?1))) ORDER BY log_index`;

/** Facts of some audits for one asker, by audit; an audit that does not exist has none. Never a body. */
export async function loadAuditFacts(
  db: Db,
  origin: string,
  principal: Principal,
  audits: readonly string[],
): Promise<ReadonlyMap<string, AuditFacts>> {
  const names = JSON.stringify(audits);
  const [facts, grants] = (await db.batch([
    db.prepare(FACTS).bind(names, principal.org, origin),
    db.prepare(GRANTS).bind(names, principal.org),
  ])) as [D1Result<AuditFactsRow>, D1Result<GrantRow>];
  const bySite = Map.groupBy(grants.results.map(grantOf), ({ site }) => site);
  return new Map(facts.results.map((row) => [row.audit, factsOf(row, bySite.get(row.site) ?? [])]));
}

const grantOf = (row: GrantRow): Grant => ({
  ...row,
  sections: JSON.parse(row.sections) as AuditSection[],
  purposes: JSON.parse(row.purposes) as Purpose[],
  revoked: row.revoked === 1,
});

const factsOf = (row: AuditFactsRow, grants: readonly Grant[]): AuditFacts => ({
  audit: row.audit,
  site: row.site,
  author: row.author,
  submitter: row.submitter,
  supplier: row.supplier,
  right: row.sharing,
  disputed: row.loss !== null && row.loss <= row.logIndex,
  grants,
  factsVersion: row.version,
});
