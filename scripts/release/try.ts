import { base64url } from "@quasarix/shared/base64.ts";
import { type BuiltRelease, ReleaseBuild } from "@quasarix/shared/benchmark/build-release.ts";
import type { Plan, Series } from "@quasarix/shared/benchmark/plan.ts";
import { planHash, writePlan } from "@quasarix/shared/benchmark/plan-file.ts";
import type { PlanRefusal } from "@quasarix/shared/benchmark/plan-refusal.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Inspection } from "./inspections.ts";
import { type Measured, measure } from "./measure.ts";
import { planOf, recordsOf, type World, worldOf } from "./world.ts";

export interface TriedCohort {
  readonly series: Series;
  readonly cohort: string;
  readonly records: number;
  readonly release: BuiltRelease;
  readonly measured: readonly Measured[];
}

export interface TriedWorld {
  readonly world: World;
  readonly plan:
    | { readonly ok: true; readonly value: Plan; readonly hash: string }
    | { readonly ok: false; readonly failure: PlanRefusal };
  readonly cohorts: readonly TriedCohort[];
}

/** A year's releases among so many members: built as the server builds them, and `trials` times more to see how far they are off. */
export function tryRelease(inspections: readonly Inspection[], members: number, trials: number): TriedWorld {
  const world = worldOf(inspections, members);
  const planned = planOf(world);
  if (!planned.ok) return { world, plan: planned, cohorts: [] };
  const plan = planned.value;
  const hash = planHash(writePlan(plan));
  const cohorts = plan.series.flatMap((series) =>
    series.cohorts.map((cohort): TriedCohort => {
      const records = recordsOf(world, series, cohort);
      const secret = world.secrets.secretOf(cohort.id);
      const votes = base64url(sha256(utf8("the votes of the trial")));
      const build = new ReleaseBuild({ plan, planHash: hash, series, cohort, votes, secret });
      for (const record of records) build.add(record);
      const measured = measure(plan, series, records, trials);
      return { series, cohort: cohort.id, records: records.length, release: build.finish(), measured };
    }),
  );
  return { world, plan: { ok: true, value: plan, hash }, cohorts };
}
