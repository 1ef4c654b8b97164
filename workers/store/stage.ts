import type { WriteScope } from "@quasarix/shared/policy/scope.ts";
import type { SealedSections } from "@quasarix/shared/statement/atrest.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { insertBodies } from "./bodies.ts";
import { boundRows, type Db, jsonChunks } from "./db.ts";

/** A statement that its author may make, its sections sealed (null: it has none). */
export interface Staged {
  readonly scope: WriteScope;
  readonly statement: Statement;
  readonly sealed: SealedSections | null;
  readonly kekVersion: number;
  /** What intake issues of a submission, its copy or a correction by it: staged only if this is the audit that took it. */
  readonly takes?: { readonly submission: string; readonly audit: string };
}

/** What kept a statement out: another one under its jti, a subject that is open, a submission that another round took. */
export type StageRefusal =
  | { readonly reason: "jti-reused"; readonly first: string }
  | { readonly reason: "subject-opened" }
  | { readonly reason: "submission-taken" };

/**
 * One D1 batch: either a statement, its sections and (an opening) its subject are there, or nothing is. A statement that
 * is there already stays as it is. `also` runs first, in the same transaction. Two under one jti: the first stays, the second is kept as evidence.
 */
export async function stage(
  db: Db,
  staged: readonly Staged[],
  now: number,
  also: readonly D1PreparedStatement[] = [],
): Promise<ReadonlyMap<string, StageRefusal>> {
  const openings = jsonChunks(staged.filter((one) => opensOf(one) !== null).map(claimOf));
  const names = JSON.stringify(
    staged.map(({ statement, scope }) => [scope.statement, scope.issuer, statement.claims.jti]),
  );
  const results = await db.batch<{ hash: string; first: string | null }>([
    ...also,
    ...openings.map((rows) => db.prepare(CLAIM_SUBJECTS).bind(rows)),
    ...jsonChunks(staged.map(rowOf)).map((rows) => db.prepare(INSERT).bind(rows, now)),
    ...insertBodies(db, staged),
    ...openings.map((rows) => db.prepare(RELEASE_SUBJECTS).bind(rows)),
    db.prepare(MISSING).bind(names),
  ]);
  const refusals = new Map<string, StageRefusal>();
  const taking = new Set(staged.flatMap(({ takes, scope }) => (takes === undefined ? [] : [scope.statement])));
  for (const { hash, first } of results.at(-1)?.results ?? []) {
    const reason = taking.has(hash) ? "submission-taken" : "subject-opened";
    refusals.set(hash, first === null ? { reason } : { reason: "jti-reused", first });
  }
  await keepEvidence(db, staged, refusals, now);
  return refusals;
}

/** Before anybody hears of the conflict, so that a crash in between is made good by the retry. */
async function keepEvidence(
  db: Db,
  staged: readonly Staged[],
  refusals: ReadonlyMap<string, StageRefusal>,
  now: number,
): Promise<void> {
  const rows = staged
    .filter(({ scope }) => refusals.get(scope.statement)?.reason === "jti-reused")
    .map((one) => [...claimOf(one), one.statement.jwt]);
  if (rows.length > 0) await db.batch(jsonChunks(rows).map((chunk) => db.prepare(KEEP_EVIDENCE).bind(chunk, now)));
}

const opensOf = ({ statement: { row, claims } }: Staged): string | null =>
  row.type === "organisation" || row.type === "site" ? (claims["opens"] as string) : null;

const CLAIM = ["hash", "issuer", "jti", "opens"];

const claimOf = (one: Staged): (string | null)[] => [
  one.scope.statement,
  one.scope.issuer,
  one.statement.claims.jti,
  opensOf(one),
];

const ROW = [...CLAIM, "kid", "type", "subject", "answers", "takes", "taker"];

function rowOf(staged: Staged): (string | null)[] {
  const { scope, statement, takes } = staged;
  const { row, claims, kid } = statement;
  const place = [kid, row.type, scope.subject, claims.re ?? null];
  return [...claimOf(staged), ...place, takes?.submission ?? null, takes?.audit ?? null];
}

// First, so that of two openings of one subject only the one that holds it is inserted.
const CLAIM_SUBJECTS = `${boundRows(CLAIM)} UPDATE subjects SET opening = one.hash FROM one
  WHERE subjects.id = one.opens AND subjects.opening IS NULL
    AND NOT EXISTS (SELECT 1 FROM statements AS s WHERE s.issuer = one.issuer AND s.jti = one.jti)`;

// Two openings of one batch under one jti: only one of them is there, and the other may not hold its subject.
const RELEASE_SUBJECTS = `${boundRows(CLAIM)} UPDATE subjects SET opening = NULL FROM one
  WHERE subjects.id = one.opens AND subjects.opening = one.hash
    AND NOT EXISTS (SELECT 1 FROM statements AS s WHERE s.hash = one.hash)`;

const INSERT = `${boundRows(ROW)}
  INSERT INTO statements (hash, issuer, jti, kid, type, subject, answers, staged_at)
  SELECT hash, issuer, jti, kid, type, subject, answers, ?2 FROM one
  WHERE (opens IS NULL OR EXISTS (SELECT 1 FROM subjects WHERE id = one.opens AND opening = one.hash))
    AND (takes IS NULL OR EXISTS (SELECT 1 FROM submissions AS m WHERE m.hash = one.takes AND m.audit = one.taker))
  ON CONFLICT DO NOTHING`;

const KEEP_EVIDENCE = `${boundRows([...CLAIM, "jwt"])}
  INSERT INTO jti_conflicts (hash, issuer, jti, first, statement, seen_at)
  SELECT one.hash, one.issuer, one.jti, s.hash, one.jwt, ?2 FROM one
  JOIN statements AS s ON s.issuer = one.issuer AND s.jti = one.jti WHERE s.hash <> one.hash ON CONFLICT DO NOTHING`;

const MISSING = `${boundRows(["hash", "issuer", "jti"])} SELECT one.hash AS hash, s.hash AS first FROM one
  LEFT JOIN statements AS s ON s.issuer = one.issuer AND s.jti = one.jti WHERE s.hash IS NULL OR s.hash <> one.hash`;
