import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { OrgId, SiteId } from "@quasarix/shared/wire/ids.ts";
import type { KeyView, OrganisationView, SiteView } from "@quasarix/shared/wire/registry.ts";
import type { Db } from "./db.ts";
import { loadMerges } from "./site-merges.ts";

// The registry is open to every principal, and to nobody else: each read asks for one, so that none runs without.

type OrganisationRow = Omit<OrganisationView, "isOperator" | "suspended"> & { isOperator: number; suspended: number };
type SiteRow = Omit<SiteView, "identifiers" | "mergedInto"> & { identifiers: string };

const ORGANISATION = `SELECT id, kind, name, country, is_operator AS isOperator, suspended, statement,
  log_index AS "index" FROM organisations`;
const SITE = `SELECT id, supplier, name, country, address, city, region, postcode, latitude AS lat, longitude AS lon,
  sector, tier, identifiers, statement, log_index AS "index" FROM sites`;
const KEYS = `SELECT kid, x, org, use, custody, from_index AS "from", until_index AS until, loss_index AS loss
  FROM keys WHERE org = ?1 ORDER BY from_index, kid`;

const organisationOf = (row: OrganisationRow): OrganisationView => ({
  ...row,
  isOperator: row.isOperator === 1,
  suspended: row.suspended === 1,
});

/** What they are merged into is said as it is at present. */
async function viewsOf(db: Db, rows: readonly SiteRow[]): Promise<SiteView[]> {
  const merges = await loadMerges(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    ...row,
    identifiers: JSON.parse(row.identifiers) as SiteView["identifiers"],
    mergedInto: merges.mergedInto(row.id),
  }));
}

/** Ascending by log index, from above `after`. */
export async function listOrganisations(db: Db, _by: Principal, after: number, limit: number) {
  const page = db.prepare(`${ORGANISATION} WHERE log_index > ?1 ORDER BY log_index LIMIT ?2`).bind(after, limit);
  return (await page.all<OrganisationRow>()).results.map(organisationOf);
}

export async function findOrganisation(db: Db, _by: Principal, id: OrgId): Promise<OrganisationView | null> {
  const row = await db.prepare(`${ORGANISATION} WHERE id = ?1`).bind(id).first<OrganisationRow>();
  return row && organisationOf(row);
}

/** Every key the organisation ever had, the first one first. */
export async function listKeys(db: Db, _by: Principal, org: OrgId): Promise<KeyView[]> {
  return (await db.prepare(KEYS).bind(org).all<KeyView>()).results;
}

/** Ascending by log index, from above `after`; of one supplier, or of all. */
export async function listSites(
  db: Db,
  _by: Principal | SystemScope,
  supplier: OrgId | null,
  after: number,
  limit: number,
) {
  const where = supplier === null ? "?3 IS NULL" : "supplier = ?3";
  const page = db.prepare(`${SITE} WHERE log_index > ?1 AND ${where} ORDER BY log_index LIMIT ?2`);
  return viewsOf(db, (await page.bind(after, limit, supplier).all<SiteRow>()).results);
}

export async function findSite(db: Db, by: Principal, id: SiteId): Promise<SiteView | null> {
  return (await sitesNamed(db, by, [id]))[0] ?? null;
}

/** Those of these ids that are sites, in no order. */
export const sitesNamed = (db: Db, by: Principal | SystemScope, ids: readonly SiteId[]): Promise<SiteView[]> =>
  sitesBy(db, by, "id", ids);

/** By the log indexes of their openings, in no order. */
export const sitesAt = (db: Db, by: Principal | SystemScope, indexes: readonly number[]): Promise<SiteView[]> =>
  sitesBy(db, by, "log_index", indexes);

async function sitesBy(
  db: Db,
  _by: Principal | SystemScope,
  column: "id" | "log_index",
  values: readonly (string | number)[],
): Promise<SiteView[]> {
  if (values.length === 0) return [];
  const found = db.prepare(`${SITE} WHERE ${column} IN (SELECT value FROM json_each(?1))`);
  return viewsOf(db, (await found.bind(JSON.stringify(values)).all<SiteRow>()).results);
}
