import type { Statement } from "@quasarix/shared/statement/statement.ts";
import { place } from "../store/commit.ts";
import { fault } from "../store/fault.ts";
import { listStaged } from "../store/outbox.ts";
import { mustParse } from "../store/own-statement.ts";
import type { DutyPorts } from "./ports.ts";

const AT_ONCE = 200;

/**
 * Re-drives what a crash left between staging and receipt. Every step is idempotent, so meeting the request is harmless.
 * Where all together fail, each goes alone: one that does not open, or never can be recorded, does not keep the others from it.
 */
export async function driveOutbox(ports: DutyPorts): Promise<number> {
  await fault.pause("staged");
  const staged = await listStaged(ports.db, ports.scope, { before: ports.now() - ports.patienceMs, limit: AT_ONCE });
  const statements: Statement[] = [];
  const closed: unknown[] = [];
  for (const stored of staged) {
    await fault.pause("reopen");
    const [opened] = await Promise.allSettled([ports.vault.presentAll(stored).then(mustParse)]);
    if (opened.status === "fulfilled") statements.push(opened.value);
    else closed.push(opened.reason);
  }
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
