import { type AskedFacts, knowsOf, NOTHING_ASKED, type OpenRequest } from "@quasarix/shared/policy/asked.ts";
import type { OrgFacts } from "@quasarix/shared/policy/author-facts.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SignedPart } from "@quasarix/shared/statement/statement.ts";
import { loadAuditFacts } from "./audit-facts.ts";
import type { Db } from "./db.ts";
import { type GrantRow, grantOf } from "./grant-kinds.ts";

type OpenRow = Omit<OpenRequest, "sections" | "purposes"> & { sections: string; purposes: string };

/** Of grants, and of open requests, this many are looked at; where there are more, a repeat may pass as new. */
const LOOKED_AT = 1000;

const GRANTS = `SELECT id, grantor, grantee, site, audit, sections, purposes, not_before AS notBefore, not_after AS notAfter,
    0 AS revoked
  FROM grants WHERE grantee IN (?2, 'members') AND site IN (SELECT value FROM json_each(?1))
    AND revoked_by IS NULL AND not_before <= ?3 AND not_after > ?3 ORDER BY not_after DESC LIMIT ${LOOKED_AT}`;

const OPEN = `SELECT hash, site, audit, sections, purposes FROM requests AS r
  WHERE org = ?2 AND site IN (SELECT value FROM json_each(?1)) AND until > ?3
    AND NOT EXISTS (SELECT 1 FROM answers WHERE request = r.hash) ORDER BY log_index DESC LIMIT ${LOOKED_AT}`;

/** What the requests of one author are measured by. Nothing is looked up for a batch that has none. */
export async function loadAskedFacts(
  { db, origin, now }: { readonly db: Db; readonly origin: string; readonly now: number },
  author: OrgFacts | undefined,
  parts: readonly SignedPart[],
): Promise<AskedFacts> {
  const asks = parts.filter(({ row, claims }) => row.type === "request" && claims.iss === author?.id);
  if (!author || asks.length === 0) return NOTHING_ASKED;
  const named = (claim: string) => [...new Set(asks.map(({ claims }) => claims[claim]).filter((it) => isId(it)))];
  const sites = JSON.stringify(named("site"));
  const [grants, open] = (await db.batch([
    db.prepare(GRANTS).bind(sites, author.id, now),
    db.prepare(OPEN).bind(sites, author.id, now),
  ])) as [D1Result<GrantRow>, D1Result<OpenRow>];
  return {
    now,
    grants: grants.results.map(grantOf),
    open: open.results.map(openOf),
    knows: await knownAudits({ db, origin, now }, author, named("audit")),
  };
}

/** No id is longer than a hash's 43 characters. */
const isId = (value: unknown): value is string => typeof value === "string" && value.length <= 43;

const openOf = (row: OpenRow): OpenRequest => ({
  ...row,
  sections: JSON.parse(row.sections) as OpenRequest["sections"],
  purposes: JSON.parse(row.purposes) as OpenRequest["purposes"],
});

/** Existing or not, known or not: the same look-up. */
async function knownAudits(
  { db, origin, now }: { readonly db: Db; readonly origin: string; readonly now: number },
  { id, kind, isOperator, suspended }: OrgFacts,
  audits: readonly string[],
): Promise<ReadonlySet<string>> {
  if (audits.length === 0) return new Set();
  const principal: Principal = { org: id, kind, isOperator, suspended, door: "assertion" };
  const facts = await loadAuditFacts(db, origin, principal, audits, now);
  return new Set([...facts].filter(([, one]) => knowsOf(one, principal, now)).map(([audit]) => audit));
}
