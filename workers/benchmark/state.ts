import { BORN } from "@quasarix/shared/benchmark/life.ts";
import type { PlanState } from "@quasarix/shared/benchmark/releasing.ts";
import type { ReleasePorts } from "./ports.ts";
import { planOf } from "./proposed.ts";
import { standingOf } from "./round.ts";

/** Where a plan and its cohorts stand; null of one that was not proposed here. */
export async function stateOf(ports: ReleasePorts, hash: string): Promise<PlanState | null> {
  const kept = ports.ledger.plan(hash);
  if (!kept) return null;
  const plan = planOf(kept);
  const { state, yes, no, needed } = await standingOf(ports, kept, plan);
  const cohorts = plan.series.flatMap(({ name, cohorts }) =>
    cohorts.map(({ id, cutoff, notBefore }) => {
      const { phase } = ports.ledger.cohort({ plan: hash, cohort: id })?.life ?? BORN;
      return { cohort: id, series: name, phase, cutoff, notBefore };
    }),
  );
  return { plan: hash, state, yes, no, needed, commitBy: plan.commitBy, cohorts };
}
