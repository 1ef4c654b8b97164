import * as z from "zod";
import { A_MEMBER, ANSWERS } from "../policy/request.ts";
import { AUDIT_SECTIONS } from "../policy/sections.ts";
import { hashText, orgId, siteId } from "./ids.ts";
import { pageQuery } from "./registry.ts";
import { purpose } from "./sharing.ts";

const auditSection = z.enum(AUDIT_SECTIONS);

export const answerView = z
  .strictObject({
    answer: hashText.describe("Of `yes` and `partly` also the id of the grant that it is"),
    says: z.enum(ANSWERS),
    reason: z.string().nullable(),
    opens: z
      .strictObject({
        sections: z.array(auditSection),
        purposes: z.array(purpose),
        notBefore: z.int(),
        notAfter: z.int(),
        revoked: z.boolean(),
      })
      .nullable(),
    admittedAt: z.int(),
  })
  .meta({ id: "AccessAnswer" });
export type AnswerView = z.infer<typeof answerView>;

/** The same for the member that asked and for the supplier: each sees what the other sees. */
export const requestView = z
  .strictObject({
    request: hashText,
    from: z
      .union([orgId, z.literal(A_MEMBER)])
      .describe("As the supplier sees it, by the rulebook that was in force when it was asked"),
    site: siteId,
    audit: hashText.nullable().describe("Null: every audit of the site"),
    sections: z.array(auditSection),
    purposes: z.array(purpose),
    until: z.int(),
    admittedAt: z.int(),
    answers: z.array(answerView).describe("Newest last, of many the last 20; none: it waits"),
  })
  .meta({ id: "AccessRequest" });
export type RequestView = z.infer<typeof requestView>;

export const requestListQuery = pageQuery.extend({ side: z.enum(["sent", "received"]).default("sent") });
