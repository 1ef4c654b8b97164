import { base64url } from "@quasarix/shared/base64.ts";
import { rowsCovered } from "@quasarix/shared/registry/keyring-rows.ts";
import { ok } from "@quasarix/shared/result.ts";
import { keyringTree, rowJson } from "@quasarix/shared/statement/keyring.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import { checkReceipt } from "./receipt-check.ts";
import { type Answer, broken } from "./refusal.ts";
import type { SubmissionParts } from "./submissions.ts";

export interface CheckedKeyring {
  readonly statement: string;
  /** Log size that it speaks of. */
  readonly covers: number;
  readonly rows: number;
}

/**
 * FORMATS 3: recomputes every row from the statements that made it and compares with what `/v1/keyring` serves. A
 * keyring that differs convicts the operator: it is signed and logged.
 */
export async function checkKeyring(parts: SubmissionParts): Promise<Answer<CheckedKeyring>> {
  const { routes, log, consortium, host } = parts;
  const served = await routes.keyring();
  if (!served.ok) return served;
  const parsed = parseStatement(served.value.statement);
  if (!parsed.ok) return broken("keyring", parsed.failure.reason);
  const { value: statement } = parsed;
  const hash = hashText(statement);
  const refuse = (why: string) => broken("keyring", why, hash);
  const { claims } = statement;
  if (statement.row.type !== "keyring" || claims.iss !== consortium.id) return refuse("not a keyring");
  const key = await consortium.keyOf(statement.kid);
  if (!key.ok) return key;
  if (!(await verifySignature(host.verify, key.value, statement.signature, statement.signed)))
    return refuse("bad signature");
  const place = { statementHash: hash, subject: consortium.id };
  const logged = await checkReceipt(log, { proof: served.value.proof, statementHash: hash }, place);
  if (!logged.ok) return logged;
  const state = await consortium.sync();
  if (!state.ok) return state;
  const covers = claims["covers"] as number;
  const tree = keyringTree(rowsCovered(state.value.register, covers));
  const rows = tree.rows.map(rowJson);
  if (rows.length !== served.value.rows.length || rows.some((row, i) => row !== served.value.rows[i]))
    return refuse("the rows served are not those that the log's statements make");
  if (tree.size !== claims["size"] || base64url(tree.root) !== claims["root"]) return refuse("root");
  return ok({ statement: hash, covers, rows: rows.length });
}
