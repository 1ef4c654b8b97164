import * as z from "zod";
import { hashText } from "./ids.ts";

/** Where an audit stands with its supplier. For whoever sees `existence`. */
export const lifecycleView = z
  .strictObject({
    state: z.enum(["draft", "delivered", "final"]).describe("draft: its supplier has neither opened nor answered it"),
    finalAt: z.int().nullable().describe("Unix ms; null: the 30 days have not begun"),
    response: z
      .enum(["awaited", "no-reply", "replied", "disputed", "accepted"])
      .describe("Silence is no-reply, never acceptance"),
    correctedBy: hashText.nullable().describe("The newer audit that stands in its place"),
  })
  .meta({ id: "Lifecycle" });
export type LifecycleView = z.infer<typeof lifecycleView>;

/** What a supplier or the audit's author said of it, as a statement that verifies by itself. */
export const responseView = z
  .strictObject({
    statement: hashText,
    type: z.enum(["reply", "dispute", "correction"]),
    presentation: z.string(),
    proof: z.string(),
  })
  .meta({ id: "AuditResponse" });
export type ResponseView = z.infer<typeof responseView>;
