import type { Use } from "@quasarix/shared/duplicate/allowance.ts";
import type { WriteScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";

export interface Taking {
  readonly scope: WriteScope;
  readonly use: Use;
}

/**
 * Of each statement, whether it stands within its author's allowance of the period, in the order given. Exact whatever
 * comes at the same time: one INSERT reads the sum and adds to it. What was taken stays taken, and a statement sent again
 * takes nothing.
 */
export async function takeAllowances(db: Db, takings: readonly Taking[], period: string): Promise<ReadonlySet<string>> {
  if (takings.length === 0) return new Set();
  const hashes = takings.map(({ scope }) => scope.statement);
  const results = await db.batch<{ statement: string }>([
    ...takings.map((taking) => take(db, taking, period)),
    db.prepare(TAKEN).bind(JSON.stringify(hashes)),
  ]);
  return new Set(results.at(-1)?.results.map(({ statement }) => statement));
}

const take = (db: Db, { scope, use: { of, each, sites } }: Taking, period: string): D1PreparedStatement =>
  db
    .prepare(TAKE)
    .bind(scope.statement, scope.issuer, of.kind, period, each, JSON.stringify(sites), of.limit, of.first);

const MINE = "SELECT 1 FROM allowance_uses WHERE org = ?2 AND kind = ?3";
// A quarter that took nothing is no first one: a list that only lost sites is as good as none.
const LIMIT = `CASE WHEN EXISTS (${MINE} AND period < ?4 AND n > 0) THEN ?7 ELSE ?8 END`;
const SPENT = "SELECT coalesce(sum(n), 0) FROM allowance_uses WHERE org = ?2 AND kind = ?3 AND period = ?4";
/** Exported for the test of its plan. */
export const TAKE = `INSERT INTO allowance_uses (statement, org, kind, period, n)
  SELECT ?1, ?2, ?3, ?4, one.n FROM (SELECT ?5 + (SELECT count(*) FROM json_each(?6) AS s
    WHERE NOT EXISTS (SELECT 1 FROM listings WHERE org = ?2 AND site = s.value)) AS n) AS one
  WHERE one.n = 0 OR (${SPENT}) + one.n <= ${LIMIT} ON CONFLICT DO NOTHING`;

const TAKEN = "SELECT statement FROM allowance_uses WHERE statement IN (SELECT value FROM json_each(?1))";
