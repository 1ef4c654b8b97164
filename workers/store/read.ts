import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { STORED, WITH_BODY } from "./bodies.ts";
import type { Db } from "./db.ts";
import type { Written } from "./receipt-chain.ts";
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

/** No log, no read (DESIGN 8): the receipt stands before the body is opened, or there is no body. */
export async function readWithReceipt(
  ports: { readonly db: Db; readonly vault: Vault; readonly writeReceipt: (scope: ReadScope) => Promise<Written> },
  scope: ReadScope,
): Promise<Result<Read, Failure>> {
  const written = await ports.writeReceipt(scope);
  if (written === "busy") return fail({ reason: "overloaded", retryAfter: 1 });
  if (written === "changed") return fail({ reason: "changed-meanwhile" });
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
