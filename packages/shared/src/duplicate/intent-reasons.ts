import type { OrgId } from "../wire/ids.ts";
import type { IntentReasonCode } from "./intent.ts";
import { shownThrough } from "./ledger.ts";

/** One audit that was ordered although one covered the need, and the batch that made it known. */
export interface OrderedAnyway {
  readonly org: OrgId;
  readonly code: IntentReasonCode;
  readonly batch: number;
}

export interface ReasonTotal {
  readonly code: IntentReasonCode;
  readonly times: number;
}

/**
 * How often each reason was given, over the consortium. A figure appears, and moves, only when at least five members had
 * a part in what moved it: two of them taken apart are a sum over members too. Codes ascending.
 */
export function reasonTotals(given: readonly OrderedAnyway[]): ReasonTotal[] {
  const byCode = [...Map.groupBy(given, ({ code }) => code)].sort(([a], [b]) => (a < b ? -1 : 1));
  return byCode.flatMap(([code, some]) => {
    const shown = shownThrough(some);
    return shown === null ? [] : [{ code, times: some.filter(({ batch }) => batch <= shown).length }];
  });
}
