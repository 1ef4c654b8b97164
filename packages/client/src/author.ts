import type { Signer } from "@quasarix/shared/ports.ts";
import { ok } from "@quasarix/shared/result.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import type { SignedPart } from "@quasarix/shared/statement/statement.ts";
import { hashText, readSignedPart } from "@quasarix/shared/statement/statement.ts";
import type { LineAnswer, Receipt } from "@quasarix/shared/wire/statement.ts";
import { atOnce } from "./at-once.ts";
import type { Dossiers } from "./dossiers.ts";
import type { Saying } from "./drafts.ts";
import { chunked } from "./json-lines.ts";
import type { Host } from "./ports.ts";
import { checkReceipt, type LoggedReceipt } from "./receipt-check.ts";
import { type Answer, badInput, broken, type Refusal } from "./refusal.ts";
import type { Routes } from "./routes.ts";
import type { TrustedLog } from "./trusted-log.ts";

/** Whoever signs: an organisation with one of its record keys. */
export interface Signatory {
  readonly org: string;
  readonly signer: Signer;
}

/** What became of one statement. A receipt here has been checked as FORMATS 2 asks of an author. */
export type Outcome =
  | { readonly ok: true; readonly statementHash: string; readonly receipt: Receipt }
  | { readonly ok: false; readonly statementHash: string; readonly refusal: Refusal };

export interface Author {
  readonly org: string;
  /** Signed, with `seen`, and with all disclosures. Nothing is sent. */
  issue(sayings: readonly Saying[]): Promise<Answer<string[]>>;
  /**
   * Sends statements in pieces and checks every receipt; outcomes in the order given. A refusal of the call as a whole
   * leaves it open which pieces arrived: send the same statements again, their hashes are their keys.
   */
  post(statements: readonly string[], door?: Door): Promise<Answer<Outcome[]>>;
  /** One statement, issued and posted. */
  say(saying: Saying): Promise<Answer<Receipt>>;
}

/** Which route takes them: `keys` and `genesis` are open to whoever is not known yet. */
export type Door = "statements" | "keys" | "genesis";

export interface AuthorParts {
  readonly routes: Routes;
  readonly log: TrustedLog;
  readonly dossiers: Dossiers;
  readonly host: Host;
}

const CHECKS_AT_ONCE = 8;

export function author(parts: AuthorParts, who: Signatory): Author {
  const { routes, log, dossiers, host } = parts;
  const doors: Record<Door, (statements: readonly string[]) => Promise<Answer<LineAnswer[]>>> = {
    statements: routes.postStatements,
    keys: routes.postKeys,
    genesis: routes.found,
  };

  const issue: Author["issue"] = async (sayings) => {
    const seen = await log.seen();
    if (!seen.ok) return seen;
    const ports = { signer: who.signer, random: host.random };
    const iat = Math.floor(host.now() / 1000);
    const texts: string[] = [];
    for (const saying of sayings) {
      texts.push(await issueStatement(ports, { ...saying, iss: who.org, iat, seen: seen.value }));
    }
    return ok(texts);
  };

  const post: Author["post"] = async (statements, door = "statements") => {
    const outcomes: Outcome[] = [];
    for (const chunk of chunked(statements)) {
      const parsed = chunk.map((text) => readSignedPart(text));
      const bad = parsed.find((it) => !it.ok);
      if (bad && !bad.ok) return badInput(`a statement is not well formed: ${bad.failure}`);
      const signed = parsed.map((it) => (it as { value: SignedPart }).value);
      const answers = await doors[door](chunk);
      if (!answers.ok) return answers;
      const checked = await checkAll({ log, dossiers }, signed, answers.value);
      if (!checked.ok) return checked;
      outcomes.push(...checked.value);
    }
    await dossiers.save();
    return ok(outcomes);
  };

  return {
    org: who.org,
    issue,
    post,
    async say(saying) {
      const issued = await issue([saying]);
      if (!issued.ok) return issued;
      const posted = await post(issued.value);
      if (!posted.ok) return posted;
      const outcome = posted.value[0] as Outcome;
      return outcome.ok ? ok(outcome.receipt) : { ok: false, failure: outcome.refusal };
    },
  };
}

/** Receipts one by one, then each dossier's own receipts together. */
async function checkAll(
  { log, dossiers }: Pick<AuthorParts, "log" | "dossiers">,
  parts: readonly SignedPart[],
  answers: readonly LineAnswer[],
): Promise<Answer<Outcome[]>> {
  if (answers.length !== parts.length || answers.some((answer, i) => answer.line !== i + 1))
    return broken("answer", "not one line for each statement");
  const outcomes: Outcome[] = [];
  const bySubject = new Map<string, { at: number[]; receipts: LoggedReceipt[] }>();
  for (const [i, answer] of answers.entries()) {
    const part = parts[i] as SignedPart;
    const statementHash = hashText(part);
    if ("problem" in answer) {
      outcomes.push({ ok: false, statementHash, refusal: { reason: "problem", problem: answer.problem } });
      continue;
    }
    const { line: _, ...receipt } = answer;
    const logged = await checkReceipt(log, receipt, { statementHash, subject: part.claims.sub });
    if (!logged.ok) {
      outcomes.push({ ok: false, statementHash, refusal: logged.failure });
      continue;
    }
    outcomes.push({ ok: true, statementHash, receipt });
    const group = bySubject.get(part.claims.sub) ?? { at: [], receipts: [] };
    group.at.push(i);
    group.receipts.push(logged.value);
    bySubject.set(part.claims.sub, group);
  }
  await atOnce(CHECKS_AT_ONCE, [...bySubject], async ([subject, { at, receipts }]) => {
    const placed = await dossiers.check(subject, receipts);
    if (placed.ok) return;
    for (const i of at) {
      const { statementHash } = outcomes[i] as Outcome;
      outcomes[i] = { ok: false, statementHash, refusal: placed.failure };
    }
  });
  return ok(outcomes);
}
