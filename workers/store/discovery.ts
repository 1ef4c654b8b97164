import { finalAt } from "@quasarix/shared/audit/lifecycle.ts";
import { type DiscoveryFacts, decideDiscovery } from "@quasarix/shared/policy/discover.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import type { Merges } from "@quasarix/shared/registry/resolve.ts";
import type { SiteId } from "@quasarix/shared/wire/ids.ts";
import { CLOCK } from "./audit-facts.ts";
import type { Db } from "./db.ts";
import { RULEBOOK, type RulebookRow, rulebookOf } from "./rulebook.ts";
import { loadMerges } from "./site-merges.ts";

/** Existence facts of an audit that the asker may hear of. Its id and its site are said to nobody but by a grant. */
export interface FoundAudit {
  readonly audit: string;
  /** The id under which it was filed: of a merged site perhaps another than the one asked for. */
  readonly site: SiteId;
  /** The asker handed it in itself. */
  readonly own: boolean;
  /** Its site's supplier opened its existence to all members itself. */
  readonly published: boolean;
  readonly provenance: string;
  readonly scheme: string;
  readonly schemeVersion: string | null;
  readonly auditFrom: string;
  readonly auditTo: string | null;
  readonly validUntil: string | null;
  readonly announcement: string;
  readonly kind: string;
  readonly topics: readonly string[];
  readonly accreditation: string | null;
}

type FoundRow = Omit<FoundAudit, "own" | "published" | "topics"> &
  Pick<DiscoveryFacts, "right"> & {
    readonly own: 0 | 1;
    readonly published: 0 | 1;
    readonly topics: string;
    readonly logIndex: number;
    readonly admittedAt: number;
    readonly loss: number | null;
    readonly deliveredAt: number | null;
    readonly respondedAt: number | null;
    readonly acceptedAt: number | null;
  };

interface WithdrawnRow {
  readonly site: SiteId;
  readonly statement: string;
}

const SITES = "(SELECT value FROM json_each(?1))";

// One's own as the log has them now, all others' as the last batch had them: a newer report that stands in place of one, too.
const TOLD = "(?3 > %.log_index OR m.hash IS NOT NULL)";
// A grant opens no report that a buyer's consent or nobody's right stands before.
const PUBLISHED = `(a.sharing_right IN ('supplier-own', 'scheme-terms') AND EXISTS (SELECT 1 FROM grants AS g
    JOIN sites AS s ON s.id = g.site AND s.supplier = g.grantor
    WHERE g.grantee = 'members' AND g.site = a.site AND (g.audit IS NULL OR g.audit = a.hash) AND g.revoked_by IS NULL
      AND g.not_before <= ?4 AND g.not_after > ?4 AND instr(g.sections, '"existence"') > 0))`;
/** Exported for the test of its plan. */
export const FOUND = `SELECT a.hash AS audit, a.site, a.provenance, a.scheme, a.scheme_version AS schemeVersion,
    a.audit_from AS auditFrom, a.audit_to AS auditTo, a.valid_until AS validUntil, a.announcement, a.kind, a.topics,
    a.accreditation, a.sharing_right AS "right", a.log_index AS logIndex, a.admitted_at AS admittedAt,
    (SELECT loss_index FROM keys WHERE kid = a.kid) AS loss, ${CLOCK}, m.hash IS NOT NULL AS own,
    ${PUBLISHED} AS published
  FROM audits AS a LEFT JOIN submissions AS m ON m.audit = a.hash AND m.org = ?2
  WHERE a.site IN ${SITES} AND (${TOLD.replace("%", "a")} OR ${PUBLISHED})
    AND NOT EXISTS (SELECT 1 FROM responses AS r WHERE r.audit = a.hash AND r.type = 'correction' AND r."by" IS NOT NULL
      AND ${TOLD.replace("%", "r")})`;

/** Exported for the test of its plan. */
export const WITHDRAWN = `SELECT w.site, w.statement FROM discovery_withdrawals AS w
  JOIN sites AS s ON s.id = w.site AND s.supplier = w.supplier
  WHERE w.site IN ${SITES} AND w.revoked_by IS NULL`;

/** Sites of one round trip. */
const AT_ONCE = 500;

/** A site as it stands after merges, and which audits of it the asker may hear of, its own among them. */
export interface HeardSite {
  readonly root: SiteId;
  /** Every id of it, ascending. */
  readonly members: readonly SiteId[];
  readonly audits: readonly FoundAudit[];
}

/** By site as asked, in the order asked. */
export async function discovered(
  db: Db,
  by: Principal,
  sites: readonly SiteId[],
  as: { readonly size: number; readonly now: number },
): Promise<ReadonlyMap<SiteId, HeardSite>> {
  const found = new Map<SiteId, HeardSite>();
  for (let at = 0; at < sites.length; at += AT_ONCE) {
    const some = sites.slice(at, at + AT_ONCE);
    const merges = await loadMerges(db, some);
    const audits = await openAudits(db, by, { merges, sites: some }, as);
    for (const site of some) {
      const members = merges.membersOf(site);
      const heard = members.flatMap((id) => audits.get(id) ?? []);
      found.set(site, { root: merges.rootOf(site), members, audits: heard });
    }
  }
  return found;
}

async function openAudits(
  db: Db,
  by: Principal,
  { merges, sites }: { readonly merges: Merges; readonly sites: readonly SiteId[] },
  { size, now }: { readonly size: number; readonly now: number },
): Promise<ReadonlyMap<SiteId, readonly FoundAudit[]>> {
  const names = JSON.stringify([...new Set(sites.flatMap((site) => merges.membersOf(site)))]);
  const [rows, withdrawals, rulebooks] = (await db.batch([
    db.prepare(FOUND).bind(names, by.org, size, now),
    db.prepare(WITHDRAWN).bind(names),
    db.prepare(RULEBOOK),
  ])) as [D1Result<FoundRow>, D1Result<WithdrawnRow>, D1Result<RulebookRow>];
  const rulebook = rulebookOf(rulebooks.results[0]);
  const withdrawn = withdrawalsOf(withdrawals.results, merges);
  const open = rows.results.filter(
    (row) => row.own === 1 || decideDiscovery(factsOf(row, withdrawn(row.site), rulebook), by, now).isOpen,
  );
  return Map.groupBy(open.map(foundOf), ({ site }) => site);
}

/** A site is withdrawn by its own supplier, or by that of the site which stands for it. */
function withdrawalsOf(rows: readonly WithdrawnRow[], merges: Merges): (site: SiteId) => string | null {
  const by = new Map(rows.map(({ site, statement }) => [site, statement]));
  return (site) => by.get(site) ?? by.get(merges.rootOf(site)) ?? null;
}

const factsOf = (row: FoundRow, withdrawn: string | null, rulebook: Rulebook): DiscoveryFacts => ({
  provenance: row.provenance,
  right: row.right,
  disputed: row.loss !== null && row.loss <= row.logIndex,
  rulebook,
  finalAt: finalAt(row),
  withdrawn,
});

const foundOf = (row: FoundRow): FoundAudit => ({
  audit: row.audit,
  site: row.site,
  own: row.own === 1,
  published: row.published === 1,
  provenance: row.provenance,
  scheme: row.scheme,
  schemeVersion: row.schemeVersion,
  auditFrom: row.auditFrom,
  auditTo: row.auditTo,
  validUntil: row.validUntil,
  announcement: row.announcement,
  kind: row.kind,
  topics: JSON.parse(row.topics) as string[],
  accreditation: row.accreditation,
});

/** Null: there is none that stands, of the site or of the one that stands for it. */
export async function withdrawalOf(db: Db, site: SiteId): Promise<string | null> {
  const merges = await loadMerges(db, [site]);
  const names = JSON.stringify([site, merges.rootOf(site)]);
  const { results } = await db.prepare(WITHDRAWN).bind(names).all<WithdrawnRow>();
  return withdrawalsOf(results, merges)(site);
}

/** As it is evaluated. */
export const evaluated = ({ own, published, ...audit }: FoundAudit) => ({
  own,
  published,
  scheme: audit.scheme,
  schemeVersion: audit.schemeVersion ?? "unknown",
  auditFrom: audit.auditFrom,
  validUntil: audit.validUntil,
  announcement: audit.announcement,
  topics: audit.topics,
  accreditation: audit.accreditation,
  provenance: audit.provenance,
});
