import { quarterOf, useOf } from "@quasarix/shared/duplicate/allowance.ts";
import type { WriteScope } from "@quasarix/shared/policy/scope.ts";
import type { Clock } from "@quasarix/shared/ports.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail } from "@quasarix/shared/result.ts";
import type { Statement } from "@quasarix/shared/statement/statement.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { takeAllowances } from "../store/allowances.ts";
import type { Db } from "../store/db.ts";

type Checked = Result<{ readonly scope: WriteScope; readonly statement: Statement }, Failure>;

/** Admitted statements as they are, but for those that go beyond their author's allowance. Nobody waits where nothing is bounded. */
export async function withinAllowance<T extends Checked>(
  { db, now }: { readonly db: Db; readonly now: Clock },
  checked: readonly T[],
): Promise<readonly (T | { ok: false; failure: Failure })[]> {
  const takings = checked.flatMap((one) => {
    const use = one.ok ? useOf(one.value.statement) : null;
    return one.ok && use ? [{ scope: one.value.scope, use }] : [];
  });
  if (takings.length === 0) return checked;
  const at = now();
  const quarter = quarterOf(at);
  const taken = await takeAllowances(db, takings, quarter.name);
  const beyond = new Map(takings.map(({ scope, use }) => [scope.statement, use.of]));
  return checked.map((one) => {
    const of = one.ok && !taken.has(one.value.scope.statement) ? beyond.get(one.value.scope.statement) : undefined;
    if (!of) return one;
    const retryAfter = Math.ceil((quarter.until - at) / 1000);
    return fail<Failure>({ reason: "limit-reached", says: of.says, until: quarter.until, retryAfter });
  });
}
