import { projectAudit, projectSubmission } from "@quasarix/shared/audit/project.ts";
import { projectGrant, projectRevocation } from "@quasarix/shared/policy/project.ts";
import {
  type FoundingKeys,
  projectGenesis,
  projectKey,
  projectOrganisation,
  projectSite,
} from "@quasarix/shared/registry/project.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";
import { type Db, fields, jsonChunks } from "./db.ts";

/** Columns of each projection, in step with the rows of `shared/<area>/project.ts`: SQL name and member name. */
const COLUMNS = {
  organisations: "id kind name country is_operator:isOperator admits statement log_index:logIndex",
  sites:
    "id supplier name country address city region postcode latitude longitude identifiers statement log_index:logIndex",
  keys: "kid x org use custody statement from_index:fromIndex",
  audits:
    "hash site author kid provenance scheme scheme_version:schemeVersion audit_from:auditFrom audit_to:auditTo " +
    "valid_until:validUntil announcement kind topics assessor_kind:assessorKind accreditation " +
    "sharing_right:sharingRight log_index:logIndex admitted_at:admittedAt",
  submissions: "hash org site log_index:logIndex",
  grants: "id grantor grantee site audit sections purposes not_before:notBefore not_after:notAfter log_index:logIndex",
} as const;
type Table = keyof typeof COLUMNS;

/** Statements of one D1 batch that bring the projections up to `logged`; doing it twice changes nothing. */
export function projection(db: Db, logged: readonly Logged[], founding: FoundingKeys): D1PreparedStatement[] {
  const rows: Record<Table, unknown[]> = {
    organisations: [],
    sites: [],
    keys: [],
    audits: [],
    submissions: [],
    grants: [],
  };
  const openings: { id: string; index: number }[] = [];
  const changed = new Set<string>();
  const batch: D1PreparedStatement[] = [];
  for (const statement of logged) {
    switch (statement.type) {
      case "genesis":
        rows.keys.push(...projectGenesis(statement, founding));
        break;
      case "organisation":
        rows.organisations.push(projectOrganisation(statement));
        openings.push({ id: statement.claims["opens"] as string, index: statement.index });
        break;
      case "site":
        rows.sites.push(projectSite(statement));
        openings.push({ id: statement.claims["opens"] as string, index: statement.index });
        break;
      case "key":
        rows.keys.push(projectKey(statement));
        changed.add(statement.claims.iss);
        break;
      case "audit":
        rows.audits.push(projectAudit(statement));
        break;
      case "submission":
        rows.submissions.push(projectSubmission(statement));
        break;
      case "grant":
        rows.grants.push(projectGrant(statement));
        changed.add(projectGrant(statement).site);
        break;
      case "revoke":
        batch.push(...revocation(db, statement));
        break;
      default: // keyring and other types have no projection of their own
    }
  }
  for (const table of Object.keys(rows) as Table[]) batch.push(...inserts(db, table, rows[table]));
  if (openings.length > 0) batch.push(...opened(db, openings));
  if (changed.size > 0) batch.push(raised(db, [...changed]));
  return batch;
}

// Requests record their places in any order; of two that bring one key the first in the log counts, as it does for readers.
const FIRST_KEY = `ON CONFLICT (kid) DO UPDATE SET org = excluded.org, use = excluded.use, custody = excluded.custody,
  statement = excluded.statement, from_index = excluded.from_index WHERE excluded.from_index < keys.from_index`;

function inserts(db: Db, table: Table, rows: readonly unknown[]): D1PreparedStatement[] {
  const columns = COLUMNS[table].split(" ").map((column) => column.split(":") as [string, string?]);
  const names = columns.map(([sql]) => sql).join(", ");
  const values = fields(columns.map(([sql, member]) => member ?? sql));
  const conflict = table === "keys" ? FIRST_KEY : "ON CONFLICT DO NOTHING";
  const insert = `INSERT INTO ${table} (${names}) SELECT ${values} FROM json_each(?1) WHERE true ${conflict}`;
  return jsonChunks(rows).map((chunk) => db.prepare(insert).bind(chunk));
}

const opened = (db: Db, openings: readonly { id: string; index: number }[]): D1PreparedStatement[] =>
  jsonChunks(openings).map((chunk) =>
    db
      .prepare(
        "UPDATE subjects SET opening_index = one.at FROM (SELECT value->>'$.id' AS id, value->>'$.index' AS at FROM json_each(?1)) AS one WHERE subjects.id = one.id",
      )
      .bind(chunk),
  );

/** Whoever decided on the old facts decides again (DESIGN 8: no log, no read). */
const raised = (db: Db, subjects: readonly string[]): D1PreparedStatement =>
  db
    .prepare("UPDATE subjects SET facts_version = facts_version + 1 WHERE id IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(subjects));

function revocation(db: Db, statement: Logged): D1PreparedStatement[] {
  const { grant, revokedBy, revokedIndex } = projectRevocation(statement);
  return [
    db
      .prepare("UPDATE grants SET revoked_by = ?2, revoked_index = ?3 WHERE id = ?1 AND revoked_by IS NULL")
      .bind(grant, revokedBy, revokedIndex),
    db
      .prepare(
        "UPDATE subjects SET facts_version = facts_version + 1 WHERE id = (SELECT site FROM grants WHERE id = ?1)",
      )
      .bind(grant),
  ];
}
