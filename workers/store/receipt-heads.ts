import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import { STORED, WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";
import type { OwnStatementRow } from "./own-statements.ts";
import { firstHidden } from "./receipts.ts";

/** How far a holder's chain goes that it sees. */
export interface DueHead {
  readonly holder: string;
  readonly seq: number;
  readonly hash: string;
}

// Holder after holder by the key: what a look costs goes with their number, not with that of the receipts. A head that is
// staged already is the outbox's to bring in; a second one beside it would say nothing new.
const DUE = `WITH RECURSIVE holders(holder) AS (
    SELECT min(holder) FROM receipts WHERE holder >= 'org_'
    UNION ALL SELECT (SELECT min(holder) FROM receipts WHERE holder > holders.holder AND holder < 'org\`')
      FROM holders WHERE holder IS NOT NULL),
  shown(holder, seq) AS (SELECT holder, ifnull(${firstHidden("holders.holder", "?1")} - 1,
      (SELECT max(seq) FROM receipts WHERE holder = holders.holder)) FROM holders WHERE holder < 'org\`')
  SELECT r.holder, r.seq, r.hash FROM shown
  LEFT JOIN receipt_heads AS h ON h.holder = shown.holder
  JOIN receipts AS r ON r.holder = shown.holder AND r.seq = shown.seq
  WHERE (h.holder IS NULL OR (h.admitted_at <= ?2 AND h.seq < shown.seq))
    AND shown.holder NOT IN (SELECT subject FROM statements INDEXED BY outbox WHERE log_index IS NULL AND type = 'receipts')
  LIMIT ?3`;

/** Organisations whose chain has grown since the last head, that one logged at `before` or earlier. A site has no dossier of its own kind. */
export async function listDueHeads(
  db: Db,
  _: SystemScope,
  ask: { readonly now: number; readonly before: number; readonly limit: number },
): Promise<readonly DueHead[]> {
  return (await db.prepare(DUE).bind(ask.now, ask.before, ask.limit).all<DueHead>()).results;
}

const NEWEST = `SELECT ${STORED}, subject, log_index AS "index", seq, prev, kid, issuer, admitted_at AS admittedAt
  FROM ${WITH_BODY} WHERE hash = (SELECT statement FROM receipt_heads WHERE holder = ?1)`;

/** The newest head that the log holds of the asker's own receipts. */
export const findHead = (db: Db, by: Principal): Promise<OwnStatementRow | null> =>
  db.prepare(NEWEST).bind(by.org).first<OwnStatementRow>();
