import { intentReason } from "@quasarix/shared/duplicate/intent.ts";
import { type OrderedAnyway, reasonTotals } from "@quasarix/shared/duplicate/intent-reasons.ts";
import { lastBatch } from "../store/batches.ts";
import { keepReasonTotals, listReasons, type SealedReason } from "../store/intent-reasons.ts";
import { mustParse } from "../store/own-statement.ts";
import type { DutyPorts } from "./ports.ts";

/** Opened at once. */
const PAGE = 200;

/**
 * Counts anew, once a batch, why audits were ordered although one covered the need. Reasons are opened here and forgotten:
 * what is kept are totals over at least five members. The number of the batch that it is done with.
 */
export async function countReasons(ports: DutyPorts, done: number): Promise<number> {
  const { db, scope } = ports;
  const { number, size } = await lastBatch(db);
  if (number <= done) return done;
  const given: OrderedAnyway[] = [];
  for (let after = -1; ; ) {
    const page = await listReasons(db, scope, { after, size, limit: PAGE });
    given.push(...(await Promise.all(page.map((one) => opened(ports, one)))).flat());
    if (page.length < PAGE) break;
    after = page.at(-1)?.index ?? after;
  }
  await keepReasonTotals(db, scope, reasonTotals(given));
  return number;
}

/** None of one that was erased. */
async function opened({ vault }: DutyPorts, { org, batch, ...stored }: SealedReason): Promise<OrderedAnyway[]> {
  const { sections } = mustParse(await vault.presentAll(stored));
  const reason = intentReason.safeParse(sections.get("reason")?.members);
  return reason.success ? [{ org, batch, code: reason.data.code }] : [];
}
