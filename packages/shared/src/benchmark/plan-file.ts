import { base64url } from "../base64.ts";
import { type Bytes, fromUtf8, utf8 } from "../bytes.ts";
import { fail, ok, type Result } from "../result.ts";
import { sha256 } from "../sha256.ts";
import { parseJson } from "../statement/json.ts";
import { type Cell, type Cohort, type Plan, planFile, type Series } from "./plan.ts";

export type PlanFileRefusal = "json" | "form" | "not-exact";

const cellText = ({ path, where }: Cell) => ({
  path,
  where: where.map((one) => ("in" in one ? { by: one.by, in: one.in } : { by: one.by, notIn: one.notIn })),
});
const cohortText = ({ id, from, to, cutoff, notBefore, commitment }: Cohort) => ({
  ...{ id, from, to, cutoff, notBefore, commitment },
});
const seriesText = ({ name, metrics, cells, cohorts }: Series) => ({
  ...{ name, metrics, cells: cells.map(cellText), cohorts: cohorts.map(cohortText) },
});

/** The one spelling: members in this order, no white space, no final LF. */
export function writePlan(plan: Plan): Bytes {
  const { version, consortium, profile, says, marks, K, W, floor, b, planKey, sites, auditors, commitBy } = plan;
  const { counted, sponsors } = floor;
  return utf8(
    JSON.stringify({
      ...{ version, consortium, profile, says, marks, K, W },
      floor: { counted, sponsors },
      ...{ b, planKey, sites, auditors, commitBy },
      series: plan.series.map(seriesText),
    }),
  );
}

/** Anything but what `writePlan` writes is refused: one plan has one SHA-256. */
export function readPlan(bytes: Bytes): Result<Plan, PlanFileRefusal> {
  const text = fromUtf8(bytes);
  const json = text === null ? null : parseJson(text);
  if (!json?.ok) return fail("json");
  const plan = planFile.safeParse(json.value);
  if (!plan.success) return fail("form");
  return fromUtf8(writePlan(plan.data)) === text ? ok(plan.data) : fail("not-exact");
}

/** b64url: what is voted on. */
export const planHash = (bytes: Bytes): string => base64url(sha256(bytes));
