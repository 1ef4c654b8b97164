import { NO_RECEIPT, receiptHash } from "@quasarix/shared/policy/receipt.ts";
import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { STORED, WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";
import type { StoredStatement, Vault } from "./vault.ts";

/** A statement's place, for its proof. */
export interface ReadPlace {
  readonly hash: string;
  readonly subject: string;
  readonly index: number;
  readonly seq: number;
  readonly prev: string;
  readonly kid: string;
  readonly issuer: string;
}

export interface Read {
  readonly presentation: string;
  readonly place: ReadPlace;
}

/** Receipts of one holder are a chain, so readers at the same moment queue up; each try lets one pass. */
const TRIES = 16;

/** No log, no read (DESIGN 8): the receipt stands before the body is opened, or there is no body. */
export async function readWithReceipt(
  ports: { readonly db: Db; readonly vault: Vault; readonly origin: string; readonly now: () => number },
  scope: ReadScope,
): Promise<Result<Read, Failure>> {
  const logged = await logRead(ports, scope);
  if (!logged.ok) return logged;
  const row = await ports.db.prepare(BODY).bind(scope.audit).first<StoredStatement & ReadPlace>();
  if (!row) throw new Error("an audit is projected without its statement");
  const names = scope.origin ? ["", ...scope.sections] : scope.sections;
  const { hash, subject, index, seq, prev, kid, issuer } = row;
  return ok({
    presentation: await ports.vault.present(row, names),
    place: { hash, subject, index, seq, prev, kid, issuer },
  });
}

const BODY = `SELECT ${STORED}, subject, log_index AS "index", seq, prev, kid,
  issuer FROM ${WITH_BODY} WHERE hash = ?1 AND log_index IS NOT NULL`;

async function logRead(
  { db, origin, now }: { db: Db; origin: string; now: () => number },
  scope: ReadScope,
): Promise<Result<true, Failure>> {
  const { holder } = scope.receipt;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const head = await db.prepare(HEAD).bind(holder).first<ReceiptHead>();
    const receipt = receiptOf(scope, head, now());
    const written = await insertion(db, origin, scope, receipt).run();
    if (written.meta.changes === 1) return ok(true);
    if (!(await isTaken(db, holder, receipt.seq))) return fail({ reason: "changed-meanwhile" });
  }
  return fail({ reason: "overloaded", retryAfter: 1 });
}

interface ReceiptHead {
  readonly seq: number;
  readonly hash: string;
}

const receiptOf = (scope: ReadScope, head: ReceiptHead | null, at: number) => ({
  seq: head ? head.seq + 1 : 0,
  at,
  site: scope.site,
  audit: scope.audit,
  reader: scope.receipt.reader,
  shownFrom: at + scope.receipt.delayMs,
  standing: scope.receipt.standing,
  sections: [...scope.receipt.sections],
  purpose: scope.purpose,
  because: [...scope.receipt.because],
  prev: head?.hash ?? NO_RECEIPT,
});

const insertion = (db: Db, origin: string, scope: ReadScope, receipt: ReturnType<typeof receiptOf>) =>
  db
    .prepare(INSERT)
    .bind(
      receipt.site,
      scope.org,
      origin,
      scope.factsVersion,
      receipt.at,
      scope.validUntil,
      scope.receipt.holder,
      receipt.seq,
      receipt.audit,
      receipt.standing,
      JSON.stringify(receipt.sections),
      receipt.purpose,
      JSON.stringify(receipt.because),
      receipt.prev,
      receiptHash(receipt),
      receipt.reader,
      receipt.shownFrom,
    );

const HEAD = "SELECT seq, hash FROM receipts WHERE holder = ?1 ORDER BY seq DESC LIMIT 1";

// The guard: facts as they were decided on, and no grant that ended between deciding and now.
const INSERT = `INSERT INTO receipts
  (holder, seq, at, site, audit, reader, standing, sections, purpose, because, prev, hash, shown_from)
  SELECT ?7, ?8, ?5, ?1, ?9, ?16, ?10, ?11, ?12, ?13, ?14, ?15, ?17
  WHERE (SELECT sum(facts_version) FROM subjects WHERE id IN (?1, ?2, ?3)) = ?4 AND ?5 < ?6
  ON CONFLICT DO NOTHING`;

const isTaken = async (db: Db, holder: string, seq: number): Promise<boolean> =>
  (await db.prepare("SELECT 1 AS taken FROM receipts WHERE holder = ?1 AND seq = ?2").bind(holder, seq).first()) !==
  null;
