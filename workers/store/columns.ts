import { boundRows, type Db, jsonChunks } from "./db.ts";

/** Columns of each projection, in step with the rows of `shared/<area>/project*.ts`: SQL name and member name. */
const COLUMNS = {
  organisations: "id kind name country is_operator:isOperator admits statement log_index:logIndex",
  sites:
    "id supplier name country address city region postcode latitude longitude sector tier identifiers statement " +
    "log_index:logIndex",
  site_keys: "key site",
  site_merges: "statement stays absorbed log_index:logIndex",
  keys: "kid x org use custody statement from_index:fromIndex",
  audits:
    "hash site author kid provenance scheme scheme_version:schemeVersion audit_from:auditFrom audit_to:auditTo " +
    "valid_until:validUntil announcement kind topics assessor_kind:assessorKind accreditation " +
    "sharing_right:sharingRight log_index:logIndex admitted_at:admittedAt notice_due:noticeDue",
  submissions: "hash org site replaces listed log_index:logIndex admitted_at:admittedAt",
  grants:
    "id grantor grantee site audit sections purposes not_before:notBefore not_after:notAfter request " +
    "log_index:logIndex",
  rulebooks: "statement claims log_index:logIndex admitted_at:admittedAt",
  terms: "statement supplier site rulebook log_index:logIndex",
  discovery_withdrawals: "statement supplier site log_index:logIndex",
  consents: "id org audit sections not_before:notBefore not_after:notAfter log_index:logIndex",
  requests: "hash org site audit sections purposes until log_index:logIndex admitted_at:admittedAt",
  deliveries: "audit event number statement log_index:logIndex admitted_at:admittedAt",
  listings: "org site relation statement log_index:logIndex",
  proposals: "listing org relation log_index:logIndex admitted_at:admittedAt",
  policies: "statement org claims log_index:logIndex admitted_at:admittedAt",
  recognitions:
    "hash org audit scheme quarter_days:quarterDays cents currency log_index:logIndex admitted_at:admittedAt",
  intents:
    "hash org site schemes topics window_from:windowFrom window_until:windowUntil kind covers may_join:mayJoin joins " +
    "anyway replaces log_index:logIndex admitted_at:admittedAt",
  joints:
    "statement plan org site topics window_from:windowFrom window_until:windowUntil is_over:isOver log_index:logIndex " +
    "admitted_at:admittedAt",
  joint_names: "statement plan org log_index:logIndex",
  joint_costs: "statement plan cents currency split weights log_index:logIndex admitted_at:admittedAt",
  settlements: "statement plan org cents currency split log_index:logIndex admitted_at:admittedAt",
  frameworks: "statement id version claims log_index:logIndex admitted_at:admittedAt",
  release_plans: "statement plan profile series log_index:logIndex admitted_at:admittedAt",
  votes: "statement org plan choice log_index:logIndex admitted_at:admittedAt",
  releases: "plan cohort statement claims log_index:logIndex admitted_at:admittedAt",
  responses: "statement audit type stance by log_index:logIndex admitted_at:admittedAt",
} as const;
export type Table = keyof typeof COLUMNS;

// Requests record their places in any order; of two that bring one key the first in the log counts, as it does for readers.
const FIRST_KEY = `ON CONFLICT (kid) DO UPDATE SET org = excluded.org, use = excluded.use, custody = excluded.custody,
  statement = excluded.statement, from_index = excluded.from_index WHERE excluded.from_index < keys.from_index`;
const FIRST_DELIVERY = `ON CONFLICT (audit, event, number) DO UPDATE SET statement = excluded.statement,
  log_index = excluded.log_index, admitted_at = excluded.admitted_at WHERE excluded.log_index < deliveries.log_index`;
const CONFLICT: Partial<Record<Table, string>> = { keys: FIRST_KEY, deliveries: FIRST_DELIVERY };

/** Inserts of rows that are there only once, whatever the order and however often they come. */
export function inserts(db: Db, table: Table, rows: readonly unknown[]): D1PreparedStatement[] {
  const columns = COLUMNS[table].split(" ").map((column) => column.split(":") as [string, string?]);
  const names = columns.map(([sql]) => `"${sql}"`).join(", ");
  const conflict = CONFLICT[table] ?? "ON CONFLICT DO NOTHING";
  const bound = boundRows(columns.map(([sql]) => sql));
  const insert = `${bound} INSERT INTO ${table} (${names}) SELECT ${names} FROM one WHERE true ${conflict}`;
  const values = rows.map((row) =>
    columns.map(([sql, member]) => (row as Readonly<Record<string, unknown>>)[member ?? sql] ?? null),
  );
  return jsonChunks(values).map((chunk) => db.prepare(insert).bind(chunk));
}
