import * as z from "zod";
import { TOPIC_CODES } from "../audit/scheme/topic.ts";
import { stepSays, whatWouldMakeItAcceptable } from "../duplicate/acceptable.ts";
import type { Evaluation } from "../duplicate/evaluate.ts";
import { REASONS, type ReasonCode, reasonSays } from "../duplicate/reasons.ts";
import { hashText, siteId } from "./ids.ts";
import { purpose } from "./sharing.ts";

const codes = Object.keys(REASONS) as [ReasonCode, ...ReasonCode[]];

/** Named audits, or every audit of a site whose existence is open to the asker. */
export const evaluateBody = z
  .strictObject({
    audits: z.array(hashText).min(1).max(100).optional().describe("These; one that is not open to you: no such record"),
    site: siteId.optional().describe("Or all of this site that are open to you"),
    purpose: purpose.default("audit-avoidance"),
    policy: hashText.optional().describe("Absent: your own that is in force. A supplier names one that is shown to it"),
  })
  .refine(({ audits, site }) => (audits === undefined) !== (site === undefined), {
    error: "name audits or a site, and not both",
    path: ["audits"],
  });

const evaluationView = z
  .strictObject({
    audit: hashText,
    verdict: z.enum(["accept", "accept-with-gaps", "reject"]),
    reasons: z
      .array(z.strictObject({ code: z.enum(codes), says: z.string() }))
      .describe("The same for buyer and supplier"),
    missingTopics: z.array(z.enum(TOPIC_CODES)),
    until: z.string().nullable().describe("The last day on which it holds; null: rejected, or nothing says"),
    isOpen: z.boolean().describe("A grant of scores or findings could still change it"),
    acceptableWith: z.array(z.string()).describe("What would make it acceptable"),
  })
  .meta({ id: "Evaluation" });
export type EvaluationView = z.infer<typeof evaluationView>;

export const evaluationsView = z
  .strictObject({
    policy: hashText,
    policyVersion: z.int().nullable().describe("Null of a nameless one"),
    catalogue: z.string().describe("The version of schemes and crosswalk"),
    today: z.string(),
    items: z.array(evaluationView).describe("From existence facts alone"),
  })
  .meta({ id: "Evaluations" });
export type EvaluationsView = z.infer<typeof evaluationsView>;

export const evaluationViewOf = (audit: string, evaluation: Evaluation): EvaluationView => ({
  audit,
  verdict: evaluation.verdict,
  reasons: evaluation.reasons.map((reason) => ({ code: reason.code, says: reasonSays(reason) })),
  missingTopics: [...evaluation.missingTopics],
  until: evaluation.until,
  isOpen: evaluation.isOpen,
  acceptableWith: whatWouldMakeItAcceptable(evaluation).map(stepSays),
});
