import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { ResponseView } from "@quasarix/shared/wire/lifecycle.ts";
import { STORED, WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";
import type { Read, ReadPlace } from "./read.ts";
import type { StoredStatement, Vault } from "./vault.ts";

export interface ReadResponse extends Read {
  readonly type: ResponseView["type"];
}

/** The newest of one audit that travel with it; a supplier may say more than anyone reads. */
const MOST = 50;

const RESPONSES = `SELECT * FROM (SELECT ${STORED}, s.type, subject, s.log_index AS "index", seq, prev, kid, issuer
    FROM responses AS r CROSS JOIN ${WITH_BODY}
    WHERE r.audit = ?1 AND s.hash = r.statement AND s.log_index IS NOT NULL ORDER BY r.log_index DESC LIMIT ${MOST})
  ORDER BY "index"`;

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
