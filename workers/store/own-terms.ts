import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { ConsentView, TermsView } from "@quasarix/shared/wire/rulebook.ts";
import type { Db } from "./db.ts";

type ConsentRow = Omit<ConsentView, "sections" | "revoked"> & { sections: string; revoked: 0 | 1; index: number };
type TermsRow = Omit<TermsView, "inForce" | "revoked"> & { inForce: 0 | 1; revoked: 0 | 1; index: number };

const CONSENTS = `SELECT id AS consent, audit, sections, not_before AS notBefore, not_after AS notAfter,
    revoked_by IS NOT NULL AS revoked, log_index AS "index"
  FROM consents WHERE org = ?1 AND log_index > ?2 ORDER BY log_index LIMIT ?3`;

const TERMS = `SELECT statement AS terms, site, rulebook, revoked_by IS NOT NULL AS revoked, log_index AS "index",
    revoked_by IS NULL AND rulebook = (SELECT statement FROM rulebooks ORDER BY log_index DESC LIMIT 1) AS inForce
  FROM terms WHERE supplier = ?1 AND log_index > ?2 ORDER BY log_index LIMIT ?3`;

/** Something of the asker's own, and its place in the log. */
interface Listed<T> {
  readonly index: number;
  readonly view: T;
}

/** What the asker consented to as the buyer that paid. Nobody else sees a consent. */
export async function listConsents(
  db: Db,
  by: Principal,
  after: number,
  limit: number,
): Promise<Listed<ConsentView>[]> {
  const { results } = await db.prepare(CONSENTS).bind(by.org, after, limit).all<ConsentRow>();
  return results.map(({ index, ...row }) => ({
    index,
    view: { ...row, sections: JSON.parse(row.sections) as ConsentView["sections"], revoked: row.revoked === 1 },
  }));
}

/** The pools that the asker's sites take part in, or took. */
export async function listTerms(db: Db, by: Principal, after: number, limit: number): Promise<Listed<TermsView>[]> {
  const { results } = await db.prepare(TERMS).bind(by.org, after, limit).all<TermsRow>();
  return results.map(({ index, ...row }) => ({
    index,
    view: { ...row, inForce: row.inForce === 1, revoked: row.revoked === 1 },
  }));
}
