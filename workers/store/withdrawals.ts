import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { WithdrawalView } from "@quasarix/shared/wire/overlap.ts";
import type { Db } from "./db.ts";

const OWN = `SELECT statement AS withdrawal, site, revoked_by IS NOT NULL AS revoked, log_index AS "index"
  FROM discovery_withdrawals WHERE supplier = ?1 AND log_index > ?2 ORDER BY log_index LIMIT ?3`;

type Row = Omit<WithdrawalView, "revoked"> & { readonly revoked: 0 | 1; readonly index: number };

/** The asker's own, from above `after`. */
export async function listWithdrawals(
  db: Db,
  { org }: Principal,
  after: number,
  limit: number,
): Promise<{ index: number; view: WithdrawalView }[]> {
  const { results } = await db.prepare(OWN).bind(org, after, limit).all<Row>();
  return results.map(({ index, revoked, ...row }) => ({ index, view: { ...row, revoked: revoked === 1 } }));
}
