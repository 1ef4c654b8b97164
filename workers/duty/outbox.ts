import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { place } from "../store/commit.ts";
import { fault } from "../store/fault.ts";
import { listStaged } from "../store/outbox.ts";
import { mustParse } from "../store/own-statement.ts";
import type { DutyPorts } from "./ports.ts";

const AT_ONCE = 200;

/**
 * Re-drives what a crash left between staging and receipt. Every step is idempotent, so meeting the request is harmless.
 * Where all together fail, each goes alone: one that never can be recorded does not keep the others from it.
 */
export async function driveOutbox(ports: DutyPorts): Promise<number> {
  await fault.pause("staged");
  const staged = await listStaged(ports.db, ports.scope, { before: ports.now() - ports.patienceMs, limit: AT_ONCE });
  const { statements, closed } = await reopened(ports, staged);
  await fault.pause("redrive");
  const [together] = await Promise.allSettled([place(ports, statements)]);
  if (together.status === "rejected") {
    for (const one of statements) {
      await fault.pause("redrive-one");
      await Promise.allSettled([place(ports, [one])]);
    }
    throw together.reason;
  }
  if (closed.length > 0) throw closed[0];
  return statements.length;
}

/** Those that open, and why others do not: what cannot be read keeps nothing else from the log. */
async function reopened(
  { vault }: DutyPorts,
  staged: Awaited<ReturnType<typeof listStaged>>,
): Promise<{ statements: Statement[]; closed: unknown[] }> {
  const statements: Statement[] = [];
  const closed: unknown[] = [];
  for (const stored of staged) {
    await fault.pause("reopen");
    const [text] = await Promise.allSettled([vault.presentAll(stored)]);
    if (text.status === "fulfilled") statements.push(mustParse(text.value));
    else closed.push(text.reason);
  }
  return { statements, closed };
}
