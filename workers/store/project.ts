import type { DeliveryClaims } from "@quasarix/shared/audit/delivery.ts";
import { NOTICE_MS, NOTICES } from "@quasarix/shared/audit/lifecycle.ts";
import { projectAudit, projectDelivery, projectResponse, projectSubmission } from "@quasarix/shared/audit/project.ts";
import { projectFramework } from "@quasarix/shared/benchmark/framework/project.ts";
import { projectRelease, projectReleasePlan, projectVote } from "@quasarix/shared/benchmark/project.ts";
import { projectIntent } from "@quasarix/shared/duplicate/intent.ts";
import {
  isCost,
  isNames,
  projectCost,
  projectJoint,
  projectNames,
  projectSettlement,
} from "@quasarix/shared/duplicate/join.ts";
import { projectListing } from "@quasarix/shared/duplicate/listing.ts";
import { projectPolicy } from "@quasarix/shared/duplicate/policy-row.ts";
import { projectProposal } from "@quasarix/shared/duplicate/proposal.ts";
import { projectRecognition } from "@quasarix/shared/duplicate/recognition.ts";
import { projectWithdrawal } from "@quasarix/shared/policy/discovery.ts";
import { projectGrant, projectRevocation } from "@quasarix/shared/policy/project.ts";
import {
  projectConsent,
  projectRequest,
  projectRulebook,
  projectTerms,
} from "@quasarix/shared/policy/project-access.ts";
import { projectMerge } from "@quasarix/shared/registry/merge.ts";
import {
  type FoundingKeys,
  projectGenesis,
  projectKey,
  projectOrganisation,
  projectSite,
} from "@quasarix/shared/registry/project.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";
import { answered } from "./answers.ts";
import { auditPlaces } from "./audit-places.ts";
import { inserts, type Table } from "./columns.ts";
import type { Db } from "./db.ts";
import { siteKeyInserts } from "./site-index.ts";
import { splitAfter } from "./site-merges.ts";

/** What one statement changes: rows of one table, and the subjects of whose facts a decision has to be taken anew. */
interface Projector {
  readonly table: Table;
  readonly rows: (statement: Logged, founding: FoundingKeys) => readonly unknown[];
  readonly raises?: (statement: Logged) => string;
}

const issuer = ({ claims }: Logged): string => claims.iss;
const subject = ({ claims }: Logged): string => claims.sub;
const site = ({ claims }: Logged): string => claims["site"] as string;

/** Types without a row here have no table of their own; `after` sees to those that change rows of others. */
const PROJECTORS: Readonly<Record<string, Projector>> = {
  genesis: { table: "keys", rows: projectGenesis },
  organisation: { table: "organisations", rows: (it) => [projectOrganisation(it)] },
  site: { table: "sites", rows: (it) => [projectSite(it)] },
  merge: { table: "site_merges", rows: (it) => [projectMerge(it)] },
  key: { table: "keys", rows: (it) => [projectKey(it)], raises: issuer },
  audit: { table: "audits", rows: (it) => [projectAudit(it)] },
  submission: { table: "submissions", rows: (it) => [projectSubmission(it)] },
  grant: { table: "grants", rows: (it) => [projectGrant(it)], raises: site },
  rulebook: { table: "rulebooks", rows: (it) => [projectRulebook(it)], raises: subject },
  terms: { table: "terms", rows: (it) => [projectTerms(it)], raises: site },
  discovery: { table: "discovery_withdrawals", rows: (it) => [projectWithdrawal(it)], raises: site },
  consent: { table: "consents", rows: (it) => [projectConsent(it)] },
  request: { table: "requests", rows: (it) => [projectRequest(it)] },
  delivery: { table: "deliveries", rows: projectDelivery, raises: subject },
  reply: { table: "responses", rows: (it) => [projectResponse(it)], raises: subject },
  dispute: { table: "responses", rows: (it) => [projectResponse(it)], raises: subject },
  correction: { table: "responses", rows: (it) => [projectResponse(it)], raises: subject },
  listing: { table: "listings", rows: projectListing },
  recognition: { table: "recognitions", rows: (it) => [projectRecognition(it)] },
  policy: { table: "policies", rows: (it) => [projectPolicy(it)] },
  intent: { table: "intents", rows: (it) => [projectIntent(it)] },
  joint: { table: "joints", rows: projectJoint },
  settlement: { table: "settlements", rows: (it) => [projectSettlement(it)] },
  framework: { table: "frameworks", rows: (it) => [projectFramework(it)] },
  "release-plan": { table: "release_plans", rows: (it) => [projectReleasePlan(it)] },
  vote: { table: "votes", rows: (it) => [projectVote(it)] },
  release: { table: "releases", rows: (it) => [projectRelease(it)] },
};

/** Statements of one D1 batch that bring the projections up to `logged`; doing it twice changes nothing. */
export function projection(db: Db, logged: readonly Logged[], founding: FoundingKeys): D1PreparedStatement[] {
  const rows = new Map<Table, unknown[]>();
  const raise = new Set<string>();
  for (const statement of logged) {
    const projector = PROJECTORS[statement.type];
    if (!projector) continue;
    const { table, raises } = projector;
    rows.set(table, [...(rows.get(table) ?? []), ...projector.rows(statement, founding)]);
    if (raises) raise.add(raises(statement));
  }
  return [
    ...[...rows].flatMap(([table, some]) => inserts(db, table, some)),
    ...logged.flatMap((statement) => after(db, statement)),
    ...auditPlaces(db, logged),
    ...siteKeyInserts(db, logged),
    ...opened(db, logged),
    ...(raise.size > 0 ? [raised(db, [...raise])] : []),
  ];
}

/** What changes rows that another statement made, in an order that no request can turn round. */
function after(db: Db, statement: Logged): D1PreparedStatement[] {
  switch (statement.type) {
    case "revoke":
      return revocation(db, statement);
    case "terms":
      return [db.prepare(TERMS_BEFORE).bind(statement.hash)];
    case "discovery":
      return [db.prepare(WITHDRAWN_BEFORE).bind(statement.hash)];
    case "consent":
      return [db.prepare(`${RAISE} (SELECT site FROM audits WHERE hash = ?1)`).bind(statement.claims["audit"])];
    case "answer":
      return answered(db, statement);
    case "listing":
      return inserts(db, "proposals", [projectProposal(statement)]);
    case "joint":
      return [
        ...inserts(db, "joint_names", isNames(statement) ? [projectNames(statement)] : []),
        ...inserts(db, "joint_costs", isCost(statement) ? [projectCost(statement)] : []),
      ];
    case "split":
      return [splitAfter(db, statement)];
    case "receipts":
      return receiptHead(db, statement);
    case "delivery":
      return [noticeAfter(db, statement)];
    case "reply":
    case "dispute":
      return [db.prepare(HEARD).bind(statement.claims.re)];
    default:
      return [];
  }
}

const HEARD = "UPDATE audits SET notice_due = NULL WHERE hash = ?1";
// Once the clock runs nothing brings a notice back, in whatever order deliveries and replies are recorded.
const NEXT_NOTICE = `UPDATE audits SET notice_due = ?2
  WHERE hash IN (SELECT value FROM json_each(?1)) AND notice_due IS NOT NULL`;

function noticeAfter(db: Db, { claims, admittedAt }: Logged): D1PreparedStatement {
  const own = claims as unknown as DeliveryClaims;
  const next = own.event === "notice" && own.number < NOTICES ? admittedAt + NOTICE_MS : null;
  return db.prepare(NEXT_NOTICE).bind(JSON.stringify(own.audits), next);
}

const OPENED = `UPDATE subjects SET opening_index = one.at
  FROM (SELECT value->>'$.id' AS id, value->>'$.index' AS at FROM json_each(?1)) AS one WHERE subjects.id = one.id`;

function opened(db: Db, logged: readonly Logged[]): D1PreparedStatement[] {
  const openings = logged
    .filter(({ type }) => type === "organisation" || type === "site")
    .map(({ claims, index }) => ({ id: claims["opens"] as string, index }));
  return openings.length > 0 ? [db.prepare(OPENED).bind(JSON.stringify(openings))] : [];
}

const RAISE = "UPDATE subjects SET facts_version = facts_version + 1 WHERE id IN";

/** Whoever decided on the old facts decides again (DESIGN 8: no log, no read). */
const raised = (db: Db, subjects: readonly string[]): D1PreparedStatement =>
  db.prepare(`${RAISE} (SELECT value FROM json_each(?1))`).bind(JSON.stringify(subjects));

/** One id is in one of the tables; the others have no such row. */
const GIVEN = [
  { table: "grants", id: "id", site: "SELECT site FROM grants WHERE id = ?1" },
  { table: "terms", id: "statement", site: "SELECT site FROM terms WHERE statement = ?1" },
  {
    table: "discovery_withdrawals",
    id: "statement",
    site: "SELECT site FROM discovery_withdrawals WHERE statement = ?1",
  },
  {
    table: "consents",
    id: "id",
    site: "SELECT a.site FROM consents AS c JOIN audits AS a ON a.hash = c.audit WHERE c.id = ?1",
  },
  // No reading rests on it.
  { table: "recognitions", id: "hash", site: null },
  { table: "intents", id: "hash", site: null },
  { table: "joint_names", id: "statement", site: null },
] as const;

// Terms that were signed twice are one yes: their supplier may not be left in a pool by the copy that it forgot.
const TERMS_AGAIN = `UPDATE terms SET revoked_by = ?2, revoked_index = ?3
  WHERE revoked_by IS NULL AND log_index < ?3
    AND (supplier, site, rulebook) = (SELECT supplier, site, rulebook FROM terms WHERE statement = ?1)`;

const WITHDRAWN_AGAIN = `UPDATE discovery_withdrawals SET revoked_by = ?2, revoked_index = ?3
  WHERE revoked_by IS NULL AND log_index < ?3
    AND (supplier, site) = (SELECT supplier, site FROM discovery_withdrawals WHERE statement = ?1)`;

// The same where the copy is recorded after its revocation: a crash or a slow request turns the order round.
const revokedBefore = (table: "terms" | "discovery_withdrawals", same: string): string =>
  `UPDATE ${table} SET (revoked_by, revoked_index) = (SELECT r.revoked_by, r.revoked_index FROM ${table} AS r
      WHERE r.site = ${table}.site AND ${same} AND r.revoked_index > ${table}.log_index ORDER BY r.revoked_index LIMIT 1)
    WHERE statement = ?1 AND revoked_by IS NULL`;
const TERMS_BEFORE = revokedBefore("terms", "r.supplier = terms.supplier AND r.rulebook = terms.rulebook");
const WITHDRAWN_BEFORE = revokedBefore("discovery_withdrawals", "r.supplier = discovery_withdrawals.supplier");

function revocation(db: Db, statement: Logged): D1PreparedStatement[] {
  const { given, revokedBy, revokedIndex } = projectRevocation(statement);
  const ended = GIVEN.flatMap(({ table, id, site: where }) => [
    db
      .prepare(`UPDATE ${table} SET revoked_by = ?2, revoked_index = ?3 WHERE ${id} = ?1 AND revoked_by IS NULL`)
      .bind(given, revokedBy, revokedIndex),
    ...(where === null ? [] : [db.prepare(`${RAISE} (${where})`).bind(given)]),
  ]);
  const again = [TERMS_AGAIN, WITHDRAWN_AGAIN].map((sql) => db.prepare(sql).bind(given, revokedBy, revokedIndex));
  return [...ended, ...again];
}

const HEAD = `INSERT INTO receipt_heads (holder, seq, statement, admitted_at) VALUES (?1, ?2, ?3, ?4)
  ON CONFLICT (holder) DO UPDATE SET seq = excluded.seq, statement = excluded.statement,
    admitted_at = excluded.admitted_at WHERE excluded.seq > receipt_heads.seq`;

const receiptHead = (db: Db, { claims, hash, admittedAt }: Logged): D1PreparedStatement[] => [
  db.prepare(HEAD).bind(claims.sub, claims["seq"], hash, admittedAt),
];
