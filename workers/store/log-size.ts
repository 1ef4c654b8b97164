import type { SystemScope } from "@quasarix/shared/policy/scope.ts";
import type { Db } from "./db.ts";
import { recordedSize } from "./outbox.ts";

const ADMITTED = "SELECT admitted_at AS at FROM statements WHERE log_index = ?1";

/**
 * How many entries the log had at an instant (Unix ms): the first admitted at or after it is not among them. Null while D1
 * may still lack some of them; `logSize` is the log's own.
 */
export async function sizeAt(db: Db, scope: SystemScope, instant: number, logSize: number): Promise<number | null> {
  const known = await recordedSize(db, scope, 0);
  if (known < logSize && (known === 0 || (await admittedAt(db, known - 1)) < instant)) return null;
  let low = 0;
  let high = known;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await admittedAt(db, middle)) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

async function admittedAt(db: Db, index: number): Promise<number> {
  const row = await db.prepare(ADMITTED).bind(index).first<{ at: number }>();
  if (!row) throw new Error(`D1 lacks the entry ${index} of a log that it knows without a gap`);
  return row.at;
}
