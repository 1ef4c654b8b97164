import { fail, ok, type Result } from "../result.ts";
import type { Adoption } from "./adoption.ts";
import { ageOf } from "./cohorts.ts";
import type { Cohort, Plan } from "./plan.ts";
import { holdsFloor } from "./profile.ts";

type Floor = Plan["floor"];

/** A cohort's way (BENCHMARKS 1.3), in one direction only. Times in Unix seconds; `file`: SHA-256 of what was published. */
export type Life =
  | { readonly phase: "open" }
  | { readonly phase: "closed"; readonly closedAt: number; readonly floor: Floor }
  | { readonly phase: "published"; readonly closedAt: number; readonly publishedAt: number; readonly file: string };

export const BORN: Life = { phase: "open" };

/**
 * `too-early`: before the cut-off or the day of publishing, or what is younger than three months. `twice`: it is closed, or
 * published, already. `floor`: the plan lets a cell pass that is thinner than its profile allows, or than when it closed.
 */
export type LifeRefusal = "not-adopted" | "lapsed" | "too-early" | "twice" | "floor";

type PlanFloor = Pick<Plan, "profile" | "K" | "W" | "floor">;

export interface Closing {
  readonly plan: PlanFloor;
  readonly cohort: Pick<Cohort, "cutoff">;
  readonly adoption: Pick<Adoption, "state">;
  readonly now: number;
}

/** From here on nothing that comes in counts. */
export function close(life: Life, { plan, cohort, adoption, now }: Closing): Result<Life, LifeRefusal> {
  if (life.phase !== "open") return fail("twice");
  if (adoption.state === "lapsed") return fail("lapsed");
  if (adoption.state === "open") return fail("not-adopted");
  if (now < cohort.cutoff) return fail("too-early");
  if (!holdsFloor(plan)) return fail("floor");
  return ok({ phase: "closed", closedAt: now, floor: { ...plan.floor } });
}

export interface Publishing {
  readonly plan: PlanFloor;
  readonly cohort: Pick<Cohort, "to" | "notBefore">;
  readonly now: number;
  readonly file: string;
}

/** Once and for ever: nothing is restated. */
export function publish(life: Life, { plan, cohort, now, file }: Publishing): Result<Life, LifeRefusal> {
  if (life.phase === "published") return fail("twice");
  if (life.phase === "open" || now < publishedFrom(cohort)) return fail("too-early");
  const { counted, sponsors } = plan.floor;
  if (!holdsFloor(plan) || counted < life.floor.counted || sponsors < life.floor.sponsors) return fail("floor");
  return ok({ phase: "published", closedAt: life.closedAt, publishedAt: now, file });
}

/** Whatever a plan's own day says, no sooner than three months after the last day that is counted. */
const publishedFrom = (cohort: Publishing["cohort"]): number => Math.max(cohort.notBefore, ageOf(cohort));

/** How long an appointed auditor may ask for what was counted, in seconds: it came out of sealed sections. */
const AUDIT_SECONDS = 180 * 86_400;

/** From when on what was counted is forgotten, Unix seconds: at once where no auditor may ask for it. Null: not yet published. */
export const forgottenFrom = (life: Life, { auditors }: Pick<Plan, "auditors">): number | null =>
  life.phase === "published" ? life.publishedAt + (auditors.length > 0 ? AUDIT_SECONDS : 0) : null;

/** When something is to be done next, Unix seconds; null: nothing ever again. */
export function nextAt(life: Life, cohort: Pick<Cohort, "to" | "cutoff" | "notBefore">): number | null {
  if (life.phase === "published") return null;
  return life.phase === "open" ? cohort.cutoff : publishedFrom(cohort);
}
