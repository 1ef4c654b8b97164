import type { AuditForEvaluation } from "@quasarix/shared/duplicate/evaluate.ts";
import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";

/** The columns of an audit `a` that an evaluation asks of its existence. */
const EVALUATED = `a.scheme, a.scheme_version AS schemeVersion, a.audit_from AS auditFrom,
  a.valid_until AS validUntil, a.announcement, a.topics, a.accreditation, a.provenance`;

/** A row of `EVALUATED`, as D1 gives it. */
type EvaluatedRow = Omit<AuditForEvaluation, "topics" | "result" | "findings"> & { readonly topics: string };

const evaluated = <T extends EvaluatedRow>({ topics, ...row }: T): Omit<T, "topics"> & AuditForEvaluation => ({
  ...row,
  topics: JSON.parse(topics) as string[],
});

const READ = `SELECT a.hash AS audit, ${EVALUATED} FROM audits AS a
  WHERE a.hash IN (SELECT value FROM json_each(?1)) ORDER BY a.log_index`;

/** Existence facts of audits, for scopes that open them, in the order of the log. */
export async function readExistence(
  db: Db,
  scopes: readonly ReadScope[],
): Promise<readonly (AuditForEvaluation & { readonly audit: string })[]> {
  const open = scopes.filter(({ sections }) => sections.includes("existence")).map(({ audit }) => audit);
  const { results } = await db.prepare(READ).bind(JSON.stringify(open)).all<EvaluatedRow & { audit: string }>();
  return results.map(evaluated);
}
