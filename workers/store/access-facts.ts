import type { DiscoveryFacts } from "@quasarix/shared/policy/discover.ts";
import type { AuditFacts } from "@quasarix/shared/policy/facts.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import { loadAuditFacts } from "./audit-facts.ts";
import type { Db } from "./db.ts";
import { withdrawalOf } from "./discovery.ts";
import { type GrantRow, grantOf } from "./grant-kinds.ts";
import { GRANTEE_SHOWN } from "./grantee-shown.ts";

/** So many of a supplier's grants are explained at once. */
const MOST = 500;

export interface AccessFacts {
  /** For the asker alone, as a reading would see them. */
  readonly own: AuditFacts;
  /** With the grants to everybody else; empty for whoever does not own the site. */
  readonly given: AuditFacts;
  /** Whom each grant names to its own grantor, by id. */
  readonly shown: ReadonlyMap<string, string>;
  readonly more: boolean;
  /** For the owner: whether members may hear that the audit exists. */
  readonly discovery: DiscoveryFacts;
}

const GIVEN = `SELECT id, grantor, grantee, site, audit, sections, purposes, not_before AS notBefore, not_after AS notAfter,
    revoked_by IS NOT NULL AS revoked, ${GRANTEE_SHOWN} AS shown
  FROM grants WHERE grantor = ?2 AND (audit IS NULL OR audit = ?1)
    AND site = (SELECT a.site FROM audits AS a JOIN sites AS s ON s.id = a.site WHERE a.hash = ?1 AND s.supplier = ?2)
  ORDER BY log_index DESC LIMIT ?3`;

const PROVENANCE = "SELECT provenance FROM audits WHERE hash = ?1";

/** Null: there is no such audit. The same queries whether there is, and whoever asks. */
export async function loadAccessFacts(
  db: Db,
  origin: string,
  principal: Principal,
  audit: string,
  now: number,
): Promise<AccessFacts | null> {
  const own = (await loadAuditFacts(db, origin, principal, [audit], now)).get(audit);
  const { results } = await db
    .prepare(GIVEN)
    .bind(audit, principal.org, MOST + 1)
    .all<GrantRow & { readonly shown: string }>();
  const provenance = await db.prepare(PROVENANCE).bind(audit).first<{ provenance: string }>();
  const withdrawn = await withdrawalOf(db, own?.site ?? "");
  if (!own || !provenance) return null;
  const rows = results.slice(0, MOST);
  return {
    own,
    given: { ...own, grants: rows.map(grantOf) },
    shown: new Map(rows.map(({ id, shown }) => [id, shown])),
    more: results.length > MOST,
    discovery: { ...own, ...provenance, withdrawn },
  };
}
