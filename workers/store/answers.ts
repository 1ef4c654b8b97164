import { projectAnswer } from "@quasarix/shared/policy/project-access.ts";
import type { Logged } from "@quasarix/shared/statement/logged.ts";
import type { Db } from "./db.ts";

const ANSWER = `INSERT INTO answers (hash, request, supplier, answer, reason, log_index, admitted_at)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING`;

// A yes is a grant to whoever asked: the answer itself names nobody.
const GRANT = `INSERT INTO grants (id, grantor, grantee, site, audit, sections, purposes, not_before, not_after, request, log_index)
  SELECT ?1, ?2, org, site, audit, ?4, ?5, ?6, ?7, hash, ?8 FROM requests WHERE hash = ?3 ON CONFLICT DO NOTHING`;

const RAISE = `UPDATE subjects SET facts_version = facts_version + 1
  WHERE id = (SELECT site FROM requests WHERE hash = ?1)`;

/** An answer, and with *yes* or *partly* the grant that it is. Its request is in the store: it was admitted as known. */
export function answered(db: Db, statement: Logged): D1PreparedStatement[] {
  const { hash, request, supplier, answer, reason, opens, logIndex, admittedAt } = projectAnswer(statement);
  const row = db.prepare(ANSWER).bind(hash, request, supplier, answer, reason, logIndex, admittedAt);
  if (!opens) return [row];
  const { grantSections, purposes, notBefore, notAfter } = opens;
  const given = [JSON.stringify(grantSections), JSON.stringify(purposes), notBefore, notAfter];
  return [row, db.prepare(GRANT).bind(hash, supplier, request, ...given, logIndex), db.prepare(RAISE).bind(request)];
}
