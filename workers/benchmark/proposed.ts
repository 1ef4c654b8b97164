import type { Plan } from "@quasarix/shared/benchmark/plan.ts";
import { readPlan } from "@quasarix/shared/benchmark/plan-file.ts";
import type { KeptPlan } from "./ledger.ts";

/** Of a file that we wrote: one that does not read is a bug. */
export function planOf({ hash, file }: Pick<KeptPlan, "hash" | "file">): Plan {
  const read = readPlan(file);
  if (!read.ok) throw new Error(`the plan ${hash} does not read: ${read.failure}`);
  return read.value;
}
