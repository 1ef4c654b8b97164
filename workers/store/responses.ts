import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { ResponseView } from "@quasarix/shared/wire/lifecycle.ts";
import { STORED, WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";
import type { Read, ReadPlace } from "./read.ts";
import type { StoredStatement, Vault } from "./vault.ts";

export interface ReadResponse extends Read {
  readonly type: ResponseView["type"];
}

/** The newest of each author that travel with an audit. Of each, so that no supplier's replies push a correction out. */
const MOST = 50;

const NEWEST = `SELECT statement FROM (SELECT r.statement,
    row_number() OVER (PARTITION BY s.issuer ORDER BY r.log_index DESC) AS back
  FROM responses AS r CROSS JOIN statements AS s ON s.hash = r.statement WHERE r.audit = ?1) WHERE back <= ${MOST}`;

const RESPONSES = `SELECT ${STORED}, s.type, subject, s.log_index AS "index", seq, prev, kid, issuer
  FROM (${NEWEST}) AS r CROSS JOIN ${WITH_BODY} WHERE s.hash = r.statement AND s.log_index IS NOT NULL ORDER BY s.log_index`;

/**
 * Replies, disputes and corrections of the audit that was read, in the order of the log. They go with its findings: to whoever
 * has those before it, or reads by a right of its own. The receipt of the audit covers them.
 */
export async function readResponses(
  { db, vault }: { readonly db: Db; readonly vault: Vault },
  scope: ReadScope,
): Promise<ReadResponse[]> {
  const isStanding = scope.because.length === 0;
  if (!isStanding && !scope.sections.includes("findings")) return [];
  const { results } = await db
    .prepare(RESPONSES)
    .bind(scope.audit)
    .all<StoredStatement & ReadPlace & { type: ReadResponse["type"] }>();
  return Promise.all(
    results.map(async ({ type, subject, index, seq, prev, kid, issuer, ...stored }) => ({
      type,
      presentation: await vault.presentAll(stored),
      place: { hash: stored.hash, subject, index, seq, prev, kid, issuer },
    })),
  );
}
