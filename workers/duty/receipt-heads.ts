import { receiptsClaims } from "@quasarix/shared/policy/receipt.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { commit } from "../store/commit.ts";
import { fault } from "../store/fault.ts";
import { newestSeen } from "../store/newest-seen.ts";
import { mustParse, platformScope } from "../store/own-statement.ts";
import { type DueHead, listDueHeads } from "../store/receipt-heads.ts";
import type { Staged } from "../store/stage.ts";
import type { DutyPorts } from "./ports.ts";

const DAILY_MS = 86_400_000;
/** Of one look; whoever is left is due at the next. */
export const HEADS_AT_ONCE = 256;

/**
 * DESIGN 8: the head of each chain of receipts, daily in its holder's dossier while it grows: what the holder saw cannot be
 * unsaid. How many it stated; as many as `HEADS_AT_ONCE` means that there may be more.
 */
export async function stateReceiptHeads(ports: DutyPorts): Promise<number> {
  const now = ports.now();
  await fault.pause("due-heads");
  const due = await listDueHeads(ports.db, ports.scope, { now, before: now - DAILY_MS, limit: HEADS_AT_ONCE });
  if (due.length === 0) return 0;
  await fault.pause("seen-heads");
  const seen = await newestSeen(ports);
  await fault.pause("state-heads");
  const staged = await Promise.all(due.map((one) => stated(ports, one, seen)));
  await fault.pause("commit-heads");
  const committed = await commit(ports, staged);
  const refused = staged.find(({ scope }) => committed.get(scope.statement)?.ok !== true);
  if (refused) throw new Error(`the head ${refused.scope.statement} was not logged`);
  return due.length;
}

async function stated(ports: DutyPorts, { holder, seq, hash }: DueHead, seen: Seen | null): Promise<Staged> {
  await fault.pause("issue-head");
  const text = await issueStatement(
    { signer: ports.platform, random: ports.random },
    {
      iss: ports.origin,
      sub: holder,
      iat: Math.floor(ports.now() / 1000),
      vct: vctOf("receipts"),
      claims: receiptsClaims.parse({ seq, hash }),
      ...(seen && { seen }),
    },
  );
  const statement = mustParse(text);
  return { scope: platformScope(ports, statement), statement, sealed: null, kekVersion: ports.vault.version };
}
