import type { Principal } from "@quasarix/shared/policy/principal.ts";
import type { WalkScope } from "@quasarix/shared/policy/scope.ts";
import type { DossierFacts } from "@quasarix/shared/policy/walk.ts";
import type { SubjectId } from "@quasarix/shared/wire/ids.ts";
import { WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";
import { RULEBOOK, type RulebookRow, rulebookOf } from "./rulebook.ts";

/** What a header holds of one statement; `hash` and `prev` are b64url. */
export interface WalkRow {
  readonly seq: number;
  readonly index: number;
  readonly admittedAt: number;
  readonly prev: string;
  readonly hash: string;
}

type Found = [
  D1Result<{ kind: string; supplier: string | null }>,
  D1Result<unknown>,
  D1Result<DossierFacts["grants"][number] & { revoked: unknown }>,
  D1Result<unknown>,
  D1Result<RulebookRow>,
  D1Result<{ at: number }>,
];

const SUBJECT = `SELECT subjects.kind AS kind, sites.supplier AS supplier FROM subjects
  LEFT JOIN sites ON sites.id = subjects.id WHERE subjects.id = ?1 AND subjects.opening_index IS NOT NULL`;
const AUTHORED = "SELECT 1 FROM statements WHERE subject = ?1 AND issuer = ?2 AND log_index IS NOT NULL LIMIT 1";
// A grant of one audit opens that one: headers and K of the whole dossier would count all the others.
const GRANTED = `SELECT grantor, grantee, not_before AS notBefore, not_after AS notAfter,
  revoked_by IS NOT NULL AS revoked FROM grants WHERE site = ?1 AND audit IS NULL AND grantee IN (?2, 'members')`;

const POOLED = `SELECT 1 FROM terms AS t JOIN sites AS s ON s.id = t.site AND s.supplier = t.supplier
  WHERE t.site = ?1 AND t.revoked_by IS NULL
    AND t.rulebook = (SELECT statement FROM rulebooks ORDER BY log_index DESC LIMIT 1) LIMIT 1`;

const CONTRIBUTED =
  "SELECT admitted_at AS at FROM submissions WHERE org = ?1 AND listed = 0 ORDER BY log_index DESC LIMIT 1";

/** Facts, never a body; the same queries whether the dossier is there or not. */
export async function loadDossierFacts(db: Db, by: Principal, subject: SubjectId): Promise<DossierFacts | null> {
  const [subjects, authored, grants, pooled, rulebook, contributed] = (await db.batch([
    db.prepare(SUBJECT).bind(subject),
    db.prepare(AUTHORED).bind(subject, by.org),
    db.prepare(GRANTED).bind(subject, by.org),
    db.prepare(POOLED).bind(subject),
    db.prepare(RULEBOOK),
    db.prepare(CONTRIBUTED).bind(by.org),
  ])) as Found;
  const row = subjects.results[0];
  if (!row) return null;
  return {
    subject,
    kind: row.kind,
    supplier: row.supplier,
    isAuthor: authored.results.length > 0,
    isPooled: pooled.results.length > 0,
    reciprocityDays: rulebookOf(rulebook.results[0]).reciprocityDays,
    contributedAt: contributed.results[0]?.at ?? null,
    grants: grants.results.map((grant) => ({ ...grant, revoked: Boolean(grant.revoked) })),
  };
}

/** Null for the consortium, which nothing opens. */
export async function findOpening(
  db: Db,
  { subject }: WalkScope,
): Promise<{ commitment: string; index: number } | null> {
  const opening = `SELECT commitment, opening_index AS "index" FROM subjects
    WHERE id = ?1 AND opening_index IS NOT NULL AND kind <> 'consortium'`;
  return db.prepare(opening).bind(subject).first<{ commitment: string; index: number }>();
}

const WALK = `SELECT seq, log_index AS "index", admitted_at AS admittedAt, prev, hash FROM statements
  WHERE subject = ?1 AND seq > ?2 AND log_index IS NOT NULL ORDER BY seq LIMIT ?3`;

// Requests record their places in any order, and a crash may delay one: a walk that skips it would look like a forged chain.
const unbroken = <T extends { readonly seq: number }>(rows: readonly T[], after: number): T[] =>
  rows.filter(({ seq }, i) => seq === after + 1 + i);

/** Ascending by seq, from above `after`, without a gap. */
export async function walkRows(db: Db, { subject }: WalkScope, after: number, limit: number): Promise<WalkRow[]> {
  return unbroken((await db.prepare(WALK).bind(subject, after, limit).all<WalkRow>()).results, after);
}

const STATEMENTS = `SELECT seq, log_index AS "index", jwt FROM ${WITH_BODY}
  WHERE subject = ?1 AND seq > ?2 AND log_index IS NOT NULL ORDER BY seq LIMIT ?3`;

/** The statements themselves of a dossier whose types have no sections: the consortium's. */
export async function dossierStatements(db: Db, { subject }: WalkScope, after: number, limit: number) {
  const page = db.prepare(STATEMENTS).bind(subject, after, limit);
  return unbroken((await page.all<{ seq: number; index: number; jwt: string }>()).results, after);
}
