import { ok } from "@quasarix/shared/result.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import type { Client } from "./client.ts";
import { checkReceipt } from "./receipt-check.ts";
import { type Answer, broken } from "./refusal.ts";
import type { Reading } from "./routes.ts";

/** An audit as it was opened to us: signature, disclosures and place in the log hold. */
export interface OpenedAudit {
  readonly statement: Statement;
  readonly index: number;
  readonly admittedAt: number;
  /** The grants that opened it; empty for a standing right. */
  readonly because: readonly string[];
}

/** Reads one audit and believes nothing of it that it does not prove. */
export async function readAudit(client: Client, id: string, reading: Reading): Promise<Answer<OpenedAudit>> {
  const refuse = (why: string) => broken("audit", why, id);
  const view = await client.routes.audit(id, reading);
  if (!view.ok) return view;
  const parsed = parseStatement(view.value.presentation);
  if (!parsed.ok) return refuse(parsed.failure.reason);
  const statement = parsed.value;
  if (hashText(statement) !== id) return refuse("another statement");
  const incomplete = [...statement.sections].find(
    ([name, section]) => section.state === "withheld" && view.value.sections.some((open) => open === name),
  );
  if (incomplete) return refuse(`section ${incomplete[0]} was announced and withheld`);
  const key = await client.consortium.keyOf(statement.kid);
  if (!key.ok) return key;
  const signed = await verifySignature(client.host.verify, key.value, statement.signature, statement.signed);
  if (!signed) return refuse("bad signature");
  const place = { statementHash: id, subject: statement.claims.sub };
  const logged = await checkReceipt(client.log, { proof: view.value.proof, statementHash: id }, place);
  if (!logged.ok) return logged;
  const { index, admittedAt } = logged.value.line;
  return ok({ statement, index, admittedAt, because: view.value.because });
}
