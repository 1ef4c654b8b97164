import { type Batch, isBatchDue, isFoundingDue } from "@quasarix/shared/duplicate/batch.ts";
import { closeBatch, foundingFacts, lastBatch } from "../store/batches.ts";
import { recordedSize } from "../store/outbox.ts";
import type { DutyPorts } from "./ports.ts";

/** Closes the discovery batch that is due, where the log has grown since the last one. True: it closed one. */
export async function closeDueBatch(ports: DutyPorts, lengthMs: number): Promise<boolean> {
  const last = await lastBatch(ports.db);
  if (!(await isDue(ports, last, lengthMs))) return false;
  const size = await recordedSize(ports.db, ports.scope, last.size);
  if (size <= last.size) return false;
  await closeBatch(ports.db, ports.scope, { number: last.number + 1, closedAt: ports.now(), size });
  return true;
}

async function isDue({ db, scope, now }: DutyPorts, last: Batch, lengthMs: number): Promise<boolean> {
  if (last.number > 0) return isBatchDue(last, now(), lengthMs);
  const facts = await foundingFacts(db, scope);
  return facts !== null && isFoundingDue(facts, now(), lengthMs);
}
