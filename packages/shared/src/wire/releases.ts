import * as z from "zod";
import { metricId } from "../benchmark/metric.ts";
import { PROFILES, SERIES } from "../benchmark/plan.ts";
import { PLAN_KINDS } from "../benchmark/releasing.ts";
import { hashText, orgId } from "./ids.ts";

/** As plans name a cohort: `2026-Q4`, `2026`, or of a founding one its first and last quarter. */
export const cohortId = z.string().regex(/^[0-9]{4}(-Q[1-4])?(\+[0-9]{4}-Q[1-4])?$/, {
  error: "must be a cohort: `2026-Q4`, `2026` or `2025-Q1+2025-Q4`",
});

/** Body of `POST /v1/release-plans/proposals`. */
export const proposalBody = z
  .strictObject({
    kind: z.enum(PLAN_KINDS),
    metrics: z
      .array(metricId)
      .min(1)
      .max(60)
      .refine((all) => new Set(all).size === all.length, { error: "names a metric twice" })
      .optional()
      .describe("The weightiest first. Absent: the newest framework's, and two of findings"),
    from: z
      .string()
      .regex(/^20[0-9]{2}(-Q[1-4])?$/, { error: "must be a quarter (`2026-Q4`) or a year" })
      .optional()
      .describe("The first cohort; absent: the present one"),
    commitBy: z.int().min(0).max(4_102_444_800).optional().describe("Of a founding plan: Unix s, when the vote ends"),
    auditors: z.array(orgId).max(10).optional().describe("Who may run the releases again with their secrets"),
    dryRun: z.boolean().optional().describe("Only what it would look like: for every member"),
  })
  .meta({ id: "ReleasePlanProposal" });
export type ProposalBody = z.infer<typeof proposalBody>;

export const proposalView = z
  .strictObject({
    plan: hashText.describe("SHA-256 of the file: what is put to the vote"),
    file: z.string().describe("The plan, byte for byte"),
    utility: z.array(
      z.strictObject({ series: z.enum(SERIES), cell: z.string(), says: z.string().describe("What it would be worth") }),
    ),
  })
  .meta({ id: "ProposedReleasePlan" });
export type ProposalView = z.infer<typeof proposalView>;

const cohortState = z.strictObject({
  cohort: cohortId,
  series: z.enum(SERIES),
  phase: z.enum(["open", "closed", "published"]),
  cutoff: z.int().describe("Unix s: what is in the log by then counts"),
  notBefore: z.int().describe("Unix s: published no earlier"),
});

const running = z.strictObject({
  state: z.enum(["open", "adopted", "lapsed"]),
  yes: z.int(),
  no: z.int(),
  needed: z.int().describe("Yes votes that adopt it: of more than half of the active members"),
  commitBy: z.int().describe("Unix s: when the vote ends"),
  cohorts: z.array(cohortState),
});

export const releasePlanView = z
  .strictObject({
    plan: hashText,
    statement: hashText,
    index: z.int(),
    admittedAt: z.int(),
    profile: z.enum(PROFILES),
    series: z.array(z.enum(SERIES)),
    running: running.nullable().describe("Null: not proposed here, so that nothing will ever be made of it"),
  })
  .meta({ id: "ReleasePlan" });
export type ReleasePlanView = z.infer<typeof releasePlanView>;

export const releaseView = z
  .strictObject({
    plan: hashText,
    cohort: cohortId,
    series: z.enum(SERIES),
    statement: hashText,
    index: z.int(),
    file: hashText.describe("SHA-256 of the file"),
    commitment: hashText,
    inputs: hashText,
    votes: hashText,
    publishedAt: z.int().describe("Unix s"),
  })
  .meta({ id: "Release" });
export type ReleaseView = z.infer<typeof releaseView>;
