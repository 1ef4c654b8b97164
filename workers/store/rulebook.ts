import { FIRST_RULEBOOK, type Rulebook } from "@quasarix/shared/policy/rulebook.ts";
import type { Db } from "./db.ts";

export interface RulebookRow {
  readonly statement: string;
  readonly claims: string;
}

/** The rulebook in force: the last one in the log. */
export const RULEBOOK = "SELECT statement, claims FROM rulebooks ORDER BY log_index DESC LIMIT 1";

/** Its statement where its mode is `pool`, else null: what terms have to name to open anything. */
export const POOL = `(SELECT CASE claims->>'$.mode' WHEN 'pool' THEN statement END FROM rulebooks
  ORDER BY log_index DESC LIMIT 1)`;

export const rulebookOf = (row: RulebookRow | null | undefined): Rulebook =>
  row ? { ...(JSON.parse(row.claims) as Rulebook), statement: row.statement } : FIRST_RULEBOOK;

export const readRulebook = async (db: Db): Promise<Rulebook> =>
  rulebookOf(await db.prepare(RULEBOOK).first<RulebookRow>());
