import * as z from "zod";
import { lineText, plainText } from "../registry/text.ts";
import { hashText } from "../wire/ids.ts";

/** Own claims of `reply`, always disclosed: what kind of answer it is, and nothing of what it says. Absent: it answers, no more. */
export const replyClaims = z.strictObject({ stance: z.literal("accepts").optional() });

/** Section `reply`: to the audit as a whole, and finding by finding. It travels with the findings wherever they go. */
export const replySection = z.strictObject({
  text: plainText(8_000).optional(),
  answers: z
    .array(
      z.strictObject({
        /** The finding's number in the audit. */
        finding: z.int().min(1).max(100_000),
        done: z.boolean().optional(),
        text: plainText(4_000).optional(),
      }),
    )
    .max(2_000)
    .optional(),
});

/** Section `dispute`: which findings, or the audit as a whole. The audit stays as it is, and is shown as disputed. */
export const disputeSection = z.strictObject({
  why: plainText(8_000),
  findings: z.array(z.int().min(1).max(100_000)).max(2_000).optional(),
});

/** Own claims of `correction`: the newer audit that stands in place of this one, where there is one. */
export const correctionClaims = z.strictObject({ by: hashText.optional() });

/** Section `correction`: what of the audit was wrong, and what is right. Nothing is edited. */
export const correctionSection = z
  .strictObject({
    field: lineText(200).optional(),
    value: plainText(8_000).optional(),
    why: plainText(4_000).optional(),
  })
  .refine((it) => (it.field === undefined) === (it.value === undefined), { error: "go together", path: ["value"] });
