import { parseTlogPolicy, policyOf } from "@quasarix/shared/log/tlog-policy.ts";
import { ok } from "@quasarix/shared/result.ts";
import { hashText, parseStatement, readSignedPart } from "@quasarix/shared/statement/statement.ts";
import { type Author, author, type Signatory } from "./author.ts";
import { type Consortium, consortium } from "./consortium.ts";
import { dossiers } from "./dossiers.ts";
import { type CheckedKeyring, checkKeyring } from "./keyring-check.ts";
import type { ClientPorts, Host, Keep } from "./ports.ts";
import { type Answer, badInput, broken } from "./refusal.ts";
import { type Routes, routes } from "./routes.ts";
import { type Confirmed, confirmSubmission } from "./submissions.ts";
import { transport } from "./transport.ts";
import { type TrustedLog, trustedLog } from "./trusted-log.ts";

/** One consortium, seen from one home. */
export interface Client {
  readonly host: Host;
  readonly keep: Keep;
  /** Answers as they come, typed and unverified. */
  readonly routes: Routes;
  readonly log: TrustedLog;
  readonly consortium: Consortium;
  author(who: Signatory): Author;
  /** `statement`: the submission as it was posted, with all disclosures. */
  confirm(statement: string, patience: number): Promise<Answer<Confirmed>>;
  checkKeyring(): Promise<Answer<CheckedKeyring>>;
}

/** `policy`: the text of the pinned tlog-policy. It alone says which log is believed. */
export function connect(ports: ClientPorts, policy: string): Answer<Client> {
  const parsed = parseTlogPolicy(policy);
  if (!parsed.ok)
    return badInput(`the pinned policy is refused: ${parsed.failure.reason}, line ${parsed.failure.line}`);
  if (parsed.value.logs.length !== 1) return badInput("the pinned policy has to name one log");
  const api = routes(transport(ports));
  const log = trustedLog(ports, api, parsed.value);
  const members = consortium(ports, api, log);
  const places = dossiers(api, ports.keep, members);
  const parts = { routes: api, log, consortium: members, dossiers: places, host: ports.host };
  return ok({
    host: ports.host,
    keep: ports.keep,
    routes: api,
    log,
    consortium: members,
    author: (who) => author(parts, who),
    confirm: async (statement, patience) => {
      const submission = parseStatement(statement);
      if (!submission.ok) return badInput(`not a statement: ${submission.failure.reason}`);
      return confirmSubmission(parts, submission.value, patience);
    },
    checkKeyring: () => checkKeyring(parts),
  });
}

/**
 * The policy of a consortium without witnesses, from its own genesis: trust on first use. Compare the SHA-256 of the
 * text with what the operator told you by another way.
 */
export async function firstPolicy(ports: ClientPorts): Promise<Answer<string>> {
  const page = await routes(transport(ports)).consortium(-1, 1);
  if (!page.ok) return page;
  const genesis = readSignedPart(page.value.statements[0]?.statement ?? "");
  if (!genesis.ok || genesis.value.row.type !== "genesis")
    return broken("genesis", genesis.ok ? hashText(genesis.value) : genesis.failure);
  const text = policyOf(String(genesis.value.claims["log"]));
  const parsed = parseTlogPolicy(text);
  return parsed.ok ? ok(text) : broken("genesis", parsed.failure.reason);
}
