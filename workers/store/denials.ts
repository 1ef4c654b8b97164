import type { DeniedAttempt } from "@quasarix/shared/policy/denied.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { DenialView } from "@quasarix/shared/wire/denials.ts";
import type { Db } from "./db.ts";

/** Rows of one organisation on one day; what comes after them is counted in one more. */
export const DENIALS_A_DAY = 1_000;

/** UTC, YYYY-MM-DD. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const EXISTS = `EXISTS (SELECT 1 FROM statements WHERE hash = asked) OR EXISTS (SELECT 1 FROM subjects WHERE id = asked)`;
const TODAY = "FROM denials AS d WHERE d.day = ?1 AND d.org = ?2";

// One statement whether the record is there, is another's, or is not: what it costs does not tell.
const NOTE = `INSERT INTO denials (day, org, action, target, why, times, first_at, last_at)
  WITH asked AS (SELECT value->>'$.action' AS action, value->>'$.target' AS asked, value->>'$.why' AS why,
      value->>'$.times' AS times FROM json_each(?3)),
    found AS MATERIALIZED (SELECT *, ${EXISTS} AS is_there FROM asked),
    named AS (SELECT action, iif(is_there, asked, '') AS target, times,
      ifnull(why, iif(is_there OR asked = '', 'refused', 'missing')) AS why FROM found),
    kept AS MATERIALIZED (SELECT *, (SELECT count(*) ${TODAY}) >= ?5 AND NOT EXISTS (SELECT 1 ${TODAY}
      AND d.action = named.action AND d.target = named.target AND d.why = named.why) AS is_over FROM named)
  SELECT ?1, ?2, iif(is_over, '', action), iif(is_over, '', target), iif(is_over, 'many', why), sum(times), ?4, ?4
  FROM kept WHERE true GROUP BY 3, 4, 5
  ON CONFLICT (day, org, action, target, why) DO UPDATE
    SET times = times + excluded.times, last_at = max(last_at, excluded.last_at)`;

/** For the operator's log: a row a day for each kind of attempt. */
export async function noteDenials(db: Db, org: string, attempts: readonly DeniedAttempt[], now: number): Promise<void> {
  await db.prepare(NOTE).bind(dayOf(now), org, JSON.stringify(attempts), now, DENIALS_A_DAY).run();
}

export interface ListedDenial {
  readonly position: number;
  readonly view: DenialView;
}

export interface DenialFilter {
  readonly org?: string | undefined;
  readonly day?: string | undefined;
}

/** In the order of their first time. */
export async function listDenials(
  db: Db,
  _: SystemScope,
  { org, day }: DenialFilter,
  after: number,
  limit: number,
): Promise<ListedDenial[]> {
  const given = Object.entries({ org, day }).filter(([, value]) => value !== undefined);
  const rows = await db
    .prepare(
      `SELECT rowid AS position, day, org, action, target, why, times, first_at AS firstAt, last_at AS lastAt
       FROM denials WHERE rowid > ?1 ${given.map(([name], i) => `AND ${name} = ?${i + 3}`).join(" ")} ORDER BY rowid LIMIT ?2`,
    )
    .bind(after, limit, ...given.map(([, value]) => value))
    .all<DenialView & { position: number }>();
  return rows.results.map(({ position, ...view }) => ({ position, view }));
}

/** Forgets up to `limit` rows of days before the one of `before`; how many it forgot. */
export async function forgetDenials(db: Db, _: SystemScope, before: number, limit: number): Promise<number> {
  const old = "DELETE FROM denials WHERE rowid IN (SELECT rowid FROM denials WHERE day < ?1 LIMIT ?2)";
  return (await db.prepare(old).bind(dayOf(before), limit).run()).meta.changes;
}
