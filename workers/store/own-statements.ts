import type { Principal } from "@quasarix/shared/policy/principal.ts";
import { STORED, WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";
import type { ReadPlace } from "./read.ts";
import type { StoredStatement } from "./vault.ts";

export interface OwnStatementRow extends StoredStatement, ReadPlace {
  readonly admittedAt: number;
}

/**
 * The asker's own statement, or what the platform stated to it alone: its receipts' head, a joint audit, its share of one.
 * Audits are read as audits, since every read of one leaves a receipt.
 */
export const findOwnStatement = (db: Db, principal: Principal, hash: string): Promise<OwnStatementRow | null> =>
  db
    .prepare(
      `SELECT ${STORED}, subject, log_index AS "index", seq, prev, kid, issuer,
         admitted_at AS admittedAt
       FROM ${WITH_BODY} WHERE hash = ?1 AND type <> 'audit' AND log_index IS NOT NULL
         AND (issuer = ?2 OR (type IN ('receipts', 'joint', 'settlement') AND subject = ?2))`,
    )
    .bind(hash, principal.org)
    .first<OwnStatementRow>();

/** What became of a submission of the asker's. */
export const findOwnSubmission = (
  db: Db,
  principal: Principal,
  hash: string,
): Promise<{ submission: string; site: string; audit: string | null } | null> =>
  db
    .prepare(
      `SELECT m.hash AS submission, m.site, a.hash AS audit FROM submissions AS m
       LEFT JOIN audits AS a ON a.hash = m.audit WHERE m.hash = ?1 AND m.org = ?2`,
    )
    .bind(hash, principal.org)
    .first();
