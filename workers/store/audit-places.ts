import type { Logged } from "@quasarix/shared/statement/logged.ts";
import type { Db } from "./db.ts";

const OF_SUBMISSIONS = `UPDATE submissions SET audit_index = one.at
  FROM (SELECT value->>'$.hash' AS hash, value->>'$.index' AS at FROM json_each(?1)) AS one
  WHERE submissions.audit = one.hash`;

const OF_GRANTS = `UPDATE grants SET audit_index = (SELECT log_index FROM audits WHERE hash = grants.audit)
  WHERE id IN (SELECT value FROM json_each(?1)) AND audit IS NOT NULL`;

/** Provenances of what intake issues of submissions. */
const INTAKE: ReadonlySet<string | undefined> = new Set(["submitted-copy", "listed"]);

/** The log index of an audit stands beside each submission and grant that leads to it, so that lists go by it. */
export function auditPlaces(db: Db, logged: readonly Logged[]): D1PreparedStatement[] {
  const copies = logged.filter(({ type, claims }) => type === "audit" && INTAKE.has(claims.provenance));
  const grants = logged.filter(({ type }) => type === "grant" || type === "answer");
  const places = copies.map(({ hash, index }) => ({ hash, index }));
  return [
    ...(places.length > 0 ? [db.prepare(OF_SUBMISSIONS).bind(JSON.stringify(places))] : []),
    ...(grants.length > 0 ? [db.prepare(OF_GRANTS).bind(JSON.stringify(grants.map(({ hash }) => hash)))] : []),
  ];
}
