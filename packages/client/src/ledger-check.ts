import { centsOf } from "@quasarix/shared/duplicate/cents.ts";
import { savedOf, sumsOf } from "@quasarix/shared/duplicate/ledger.ts";
import { type RecognitionClaims, recognitionClaims } from "@quasarix/shared/duplicate/recognition.ts";
import { claimsOf } from "@quasarix/shared/policy/own-claims.ts";
import { ok } from "@quasarix/shared/result.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import type { LedgerStatement, LedgerView } from "@quasarix/shared/wire/ledger.ts";
import type { Client } from "./client.ts";
import { type Answer, broken } from "./refusal.ts";
import { all } from "./routes.ts";

export interface CheckedLedger {
  /** Own recognitions whose signed claims add up to our figures. */
  readonly recognitions: number;
  /** Statements that the consortium's figures are made of; how many of them are ours. */
  readonly statements: number;
  readonly own: number;
}

/**
 * Our own figures against our own statements, each with our signature; the consortium's against the number of its
 * statements, where ours have to stand. What another's statement says nobody but its member can check.
 */
export async function checkLedger(client: Client, org: string, ledger: LedgerView): Promise<Answer<CheckedLedger>> {
  const listed = await all((cursor) => client.routes.recognitions({ cursor, limit: 100 }));
  if (!listed.ok) return listed;
  const counted = listed.value.filter(({ counts }) => counts).map(({ recognition }) => recognition);
  const claims: RecognitionClaims[] = [];
  for (const id of counted) {
    const one = await signedClaims(client, org, id);
    if (!one.ok) return one;
    claims.push(one.value);
  }
  const own = savedOf(sumsOf(claims.map(({ saved }) => partsOf(saved))));
  if (ledger.member && JSON.stringify(own) !== JSON.stringify(ledger.member.saved))
    return broken("ledger", "not the sum of what we signed");
  const statements = await all((cursor) => client.routes.ledgerStatements({ cursor, limit: 100 }));
  if (!statements.ok) return statements;
  const refusal = consortiumRefusal(ledger, statements.value);
  if (refusal !== null) return broken("ledger", refusal);
  const known = new Set(statements.value.map(({ statement }) => statement));
  const ours = [...counted, ...(ledger.member?.joints ?? []).map(({ settlement }) => settlement)];
  return ok({
    recognitions: counted.length,
    statements: statements.value.length,
    own: ours.filter((id) => known.has(id)).length,
  });
}

const partsOf = ({ days = 0, money }: RecognitionClaims["saved"]) => ({
  quarterDays: days * 4,
  cents: money ? centsOf(money.amount) : null,
  currency: money?.currency ?? null,
});

async function signedClaims(client: Client, org: string, id: string): Promise<Answer<RecognitionClaims>> {
  const refuse = (why: string) => broken("recognition", why, id);
  const view = await client.routes.statement(id);
  if (!view.ok) return view;
  const parsed = parseStatement(view.value.statement);
  if (!parsed.ok) return refuse(parsed.failure.reason);
  const statement = parsed.value;
  if (hashText(statement) !== id || statement.claims.iss !== org) return refuse("another statement");
  const key = await client.consortium.keyOf(statement.kid);
  if (!key.ok) return key;
  if (!(await verifySignature(client.host.verify, key.value, statement.signature, statement.signed)))
    return refuse("bad signature");
  const claims = recognitionClaims.safeParse(claimsOf(statement));
  return claims.success ? ok(claims.data) : refuse("not a recognition");
}

/** n joiners of a plan have n settlements, and avoided n-1 audits. */
function consortiumRefusal({ consortium }: LedgerView, statements: readonly LedgerStatement[]): string | null {
  const ascends = statements.every(
    ({ statement }, i) => i === 0 || (statements[i - 1] as LedgerStatement).statement < statement,
  );
  if (!ascends) return "a statement stands there twice, or out of order";
  if (consortium === null) return statements.length === 0 ? null : "statements without figures";
  const recognised = statements.filter(({ kind }) => kind === "recognition").length;
  if (recognised !== consortium.recognitions) return "another number of recognitions than its statements";
  const settled = statements.length - recognised;
  return consortium.saved.avoided === recognised + settled - consortium.joints
    ? null
    : "another number of audits avoided than its statements";
}
