import type { OrgFacts } from "@quasarix/shared/policy/author-facts.ts";
import type { Principal } from "@quasarix/shared/policy/principal.ts";
import {
  NOTHING_RECOGNISED,
  opensByGrant,
  type RecognisedFacts,
  recognitionKey,
} from "@quasarix/shared/policy/recognised.ts";
import type { SignedPart } from "@quasarix/shared/statement/statement.ts";
import { loadAuditFacts } from "./audit-facts.ts";
import type { Db } from "./db.ts";

const STANDING = `SELECT hash, audit, scheme FROM recognitions
  WHERE org = ?2 AND audit IN (SELECT value FROM json_each(?1)) AND revoked_by IS NULL ORDER BY log_index DESC`;

interface StandingRow {
  readonly hash: string;
  readonly audit: string;
  readonly scheme: string;
}

/** What the recognitions of one author are measured by. Nothing is looked up for a batch that has none. */
export async function loadRecognisedFacts(
  { db, origin, now }: { readonly db: Db; readonly origin: string; readonly now: number },
  author: OrgFacts | undefined,
  parts: readonly SignedPart[],
): Promise<RecognisedFacts> {
  const own = parts.filter(({ row, claims }) => row.type === "recognition" && claims.iss === author?.id);
  const audits = [...new Set(own.map(({ claims }) => claims["audit"]).filter(isId))];
  if (!author || audits.length === 0) return NOTHING_RECOGNISED;
  const { id, kind, isOperator, suspended } = author;
  const principal: Principal = { org: id, kind, isOperator, suspended, door: "assertion" };
  // Existing or not, open or not: the same look-ups.
  const facts = await loadAuditFacts(db, origin, principal, audits, now);
  const { results } = await db.prepare(STANDING).bind(JSON.stringify(audits), id).all<StandingRow>();
  return {
    open: new Set([...facts].filter(([, one]) => opensByGrant(one, principal, now)).map(([audit]) => audit)),
    standing: new Map(results.map(({ hash, audit, scheme }) => [recognitionKey(audit, scheme), hash])),
  };
}

/** No id is longer than a hash's 43 characters. */
const isId = (value: unknown): value is string => typeof value === "string" && value.length <= 43;
