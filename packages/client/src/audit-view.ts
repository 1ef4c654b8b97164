import { ok } from "@quasarix/shared/result.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { hashText, isComplete, parseStatement } from "@quasarix/shared/statement/statement.ts";
import type { LifecycleView, ResponseView } from "@quasarix/shared/wire/lifecycle.ts";
import type { Client } from "./client.ts";
import { checkReceipt } from "./receipt-check.ts";
import { type Answer, broken } from "./refusal.ts";
import type { Reading } from "./routes.ts";

/** As it was opened to us: signature, disclosures and place in the log hold. */
export interface OpenedStatement {
  readonly statement: Statement;
  readonly index: number;
  readonly admittedAt: number;
}

/** A reply, a dispute or a correction of the audit, whole. */
export interface OpenedResponse extends OpenedStatement {
  readonly type: ResponseView["type"];
}

export interface OpenedAudit extends OpenedStatement {
  /** The grants that opened it; empty for a standing right. */
  readonly because: readonly string[];
  /** As the server says; null without section `existence`. */
  readonly lifecycle: LifecycleView | null;
  /** In the order of the log. */
  readonly responses: readonly OpenedResponse[];
}

/** Reads one audit, with what was said of it, and believes nothing of either that it does not prove. */
export async function readAudit(client: Client, id: string, reading: Reading): Promise<Answer<OpenedAudit>> {
  const view = await client.routes.audit(id, reading);
  if (!view.ok) return view;
  const opened = await openStatement(client, "audit", id, view.value);
  if (!opened.ok) return opened;
  const { statement } = opened.value;
  const incomplete = [...statement.sections].find(
    ([name, section]) => section.state === "withheld" && view.value.sections.some((open) => open === name),
  );
  if (incomplete) return broken("audit", `section ${incomplete[0]} was announced and withheld`, id);
  const responses: OpenedResponse[] = [];
  for (const response of view.value.responses) {
    const checked = await openResponse(client, statement, response);
    if (!checked.ok) return checked;
    responses.push(checked.value);
  }
  const { because, lifecycle } = view.value;
  return ok({ ...opened.value, because, lifecycle, responses });
}

async function openStatement(
  client: Client,
  what: string,
  id: string,
  { presentation, proof }: { readonly presentation: string; readonly proof: string },
): Promise<Answer<OpenedStatement>> {
  const refuse = (why: string) => broken(what, why, id);
  const parsed = parseStatement(presentation);
  if (!parsed.ok) return refuse(parsed.failure.reason);
  const statement = parsed.value;
  if (hashText(statement) !== id) return refuse("another statement");
  const key = await client.consortium.keyOf(statement.kid);
  if (!key.ok) return key;
  const signed = await verifySignature(client.host.verify, key.value, statement.signature, statement.signed);
  if (!signed) return refuse("bad signature");
  const place = { statementHash: id, subject: statement.claims.sub };
  const logged = await checkReceipt(client.log, { proof, statementHash: id }, place);
  if (!logged.ok) return logged;
  const { index, admittedAt } = logged.value.line;
  return ok({ statement, index, admittedAt });
}

/** Of this very audit, in its site's dossier, and with its one section. */
async function openResponse(client: Client, audit: Statement, response: ResponseView): Promise<Answer<OpenedResponse>> {
  const { statement: id, type } = response;
  const opened = await openStatement(client, type, id, response);
  if (!opened.ok) return opened;
  const { claims, row } = opened.value.statement;
  if (row.type !== type) return broken(type, "a statement of another type", id);
  if (claims.re !== hashText(audit) || claims.sub !== audit.claims.sub) return broken(type, "of another audit", id);
  if (!isComplete(opened.value.statement)) return broken(type, "its section was withheld", id);
  return ok({ ...opened.value, type });
}
