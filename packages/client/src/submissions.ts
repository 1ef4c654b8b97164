import { ok } from "@quasarix/shared/result.ts";
import { checkReissue } from "@quasarix/shared/statement/reissue.ts";
import { verifySignature } from "@quasarix/shared/statement/signature.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import type { Consortium } from "./consortium.ts";
import type { Host } from "./ports.ts";
import { checkReceipt } from "./receipt-check.ts";
import { type Answer, broken } from "./refusal.ts";
import type { Routes } from "./routes.ts";
import type { TrustedLog } from "./trusted-log.ts";

export interface SubmissionParts {
  readonly routes: Routes;
  readonly log: TrustedLog;
  readonly consortium: Consortium;
  readonly host: Host;
}

/** `audit` is null while intake's round has not come. */
export interface Confirmed {
  readonly submission: string;
  readonly audit: string | null;
}

const PAUSE_MS = 500;

/**
 * FORMATS 1.1: what intake made of a member's submission. Its digests, its `origin`, the platform's signature and its
 * place in the log are checked; anything else is the operator's provable fraud. Waits up to `patience` ms for the round.
 */
export async function confirmSubmission(
  parts: SubmissionParts,
  submission: Statement,
  patience: number,
): Promise<Answer<Confirmed>> {
  const hash = hashText(submission);
  const until = parts.host.now() + patience;
  for (;;) {
    const state = await parts.routes.submission(hash);
    if (!state.ok) return state;
    const { audit } = state.value;
    if (audit !== null) {
      const checked = await checkAudit(parts, submission, audit);
      return checked.ok ? ok({ submission: hash, audit }) : checked;
    }
    if (parts.host.now() >= until) return ok({ submission: hash, audit: null });
    await parts.host.wait(PAUSE_MS);
  }
}

async function checkAudit(parts: SubmissionParts, submission: Statement, audit: string): Promise<Answer<true>> {
  const refuse = (why: string) => broken("intake", why, audit);
  const view = await parts.routes.audit(audit, { purpose: "due-diligence", as: "submitter" });
  if (!view.ok) return view;
  const parsed = parseStatement(view.value.presentation);
  if (!parsed.ok) return refuse(parsed.failure.reason);
  const statement = parsed.value;
  if (hashText(statement) !== audit) return refuse("another statement");
  const same = checkReissue(submission, statement);
  if (!same.ok) return refuse(same.failure);
  if (statement.claims.iss !== parts.consortium.id) return refuse("not issued by intake");
  const key = await parts.consortium.keyOf(statement.kid);
  if (!key.ok) return key;
  const signed = await verifySignature(parts.host.verify, key.value, statement.signature, statement.signed);
  if (!signed) return refuse("bad signature");
  return isLogged(parts, view.value.proof, audit, statement.claims.sub);
}

/** The proof beside the presentation, under the log's own signature. */
async function isLogged(parts: SubmissionParts, proof: string, statementHash: string, subject: string) {
  const logged = await checkReceipt(parts.log, { proof, statementHash }, { statementHash, subject });
  return logged.ok ? ok(true as const) : logged;
}
