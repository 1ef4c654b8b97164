import type { DeliveryClaims } from "@quasarix/shared/audit/delivery.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import type { Seen } from "@quasarix/shared/statement/claims.ts";
import { issueStatement } from "@quasarix/shared/statement/issue.ts";
import { commit } from "../store/commit.ts";
import { type DueDeliveries, listDueDeliveries } from "../store/due-deliveries.ts";
import { fault } from "../store/fault.ts";
import { newestSeen } from "../store/newest-seen.ts";
import { mustParse, platformScope } from "../store/own-statement.ts";
import type { Staged } from "../store/stage.ts";
import type { DutyPorts } from "./ports.ts";

/** Audits in one look, and no more than one statement may name. */
const AT_ONCE = 500;
const DELIVERY = vctOf("delivery");

/**
 * Puts on record, once each, which audits their supplier has opened since `since` (Unix ms), and of which it is told. One
 * statement a site and event. True: there may be more. What a crash left staged goes first, so that none is stated twice.
 */
export async function stateDeliveries(ports: DutyPorts, since: number): Promise<boolean> {
  await fault.pause("due-deliveries");
  const due = await listDueDeliveries(ports.db, ports.scope, { since, now: ports.now(), limit: AT_ONCE });
  if (due.isStaged) return true;
  const claims = claimsOf(due);
  if (claims.size === 0) return false;
  await fault.pause("seen-deliveries");
  const seen = await newestSeen(ports);
  await fault.pause("state-deliveries");
  const staged = await Promise.all([...claims.values()].map((one) => issue(ports, one, seen)));
  await fault.pause("commit-deliveries");
  await commit(ports, staged);
  return due.opened.length === AT_ONCE || due.notices.length === AT_ONCE;
}

interface Said {
  readonly site: string;
  readonly claims: DeliveryClaims;
}

/** By site and event. What was opened is not told of. */
function claimsOf({ opened, notices }: DueDeliveries): ReadonlyMap<string, Said> {
  const said = new Map<string, Said>();
  const say = (site: string, what: { event: "opened" } | { event: "notice"; number: number }, audit: string) => {
    const name = JSON.stringify([site, what]);
    const audits = [...(said.get(name)?.claims.audits ?? []), audit];
    said.set(name, { site, claims: { ...what, audits } });
  };
  const isOpened = new Set(opened.map(({ audit }) => audit));
  for (const { site, audit } of opened) say(site, { event: "opened" }, audit);
  for (const { site, audit, number } of notices)
    if (!isOpened.has(audit)) say(site, { event: "notice", number }, audit);
  return said;
}

async function issue(ports: DutyPorts, { site, claims }: Said, seen: Seen | null): Promise<Staged> {
  const iat = Math.floor(ports.now() / 1000);
  const said = {
    iss: ports.origin,
    sub: site,
    iat,
    vct: DELIVERY,
    claims: { ...claims, audits: [...claims.audits].sort() },
  };
  await fault.pause("issue-delivery");
  const text = await issueStatement(
    { signer: ports.platform, random: ports.random },
    { ...said, ...(seen && { seen }) },
  );
  const statement = mustParse(text);
  return { scope: platformScope(ports, statement), statement, sealed: null, kekVersion: ports.vault.version };
}
