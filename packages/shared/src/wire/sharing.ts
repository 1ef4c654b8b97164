import * as z from "zod";
import { PURPOSES, type Purpose } from "../policy/purposes.ts";
import { A_MEMBER } from "../policy/request.ts";
import { AUDIT_SECTIONS } from "../policy/sections.ts";
import { hashText, orgId, siteId } from "./ids.ts";
import { lifecycleView, responseView } from "./lifecycle.ts";
import { pageQuery } from "./registry.ts";

const purposes = Object.keys(PURPOSES) as [Purpose, ...Purpose[]];
export const purpose = z.enum(purposes);
const auditSection = z.enum(AUDIT_SECTIONS);

const sectionList = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(auditSection).min(1))
  .describe("Comma-separated; absent: whatever is open");

export const auditQuery = z.object({
  purpose,
  sections: sectionList.optional(),
  as: z.literal("submitter").optional().describe("To compare intake's copy with one's own submission"),
});
export const auditListQuery = pageQuery.extend({
  purpose,
  site: siteId.optional(),
  merged: z.literal("with").optional().describe("With the audits filed under other ids of the same facility"),
});

/** Existence facts of an audit, shown only where `existence` is open to the asker. */
export const auditSummary = z
  .strictObject({
    audit: hashText,
    site: siteId,
    provenance: z.string(),
    scheme: z.string(),
    schemeVersion: z.string().nullable(),
    auditFrom: z.string(),
    auditTo: z.string().nullable(),
    validUntil: z.string().nullable(),
    announcement: z.string(),
    kind: z.string(),
    topics: z.array(z.string()),
    accreditation: z.string().nullable().describe("The body that accredited its auditor"),
    index: z.int(),
    admittedAt: z.int(),
    sharing: z.string().describe("By what right the report may be shared"),
    lifecycle: lifecycleView,
    sections: z.array(auditSection).describe("What is open to you"),
    because: z.array(hashText).describe("The grants that open it; empty for a standing right"),
  })
  .meta({ id: "AuditSummary" });
export type AuditSummary = z.infer<typeof auditSummary>;

export const auditView = z
  .strictObject({
    audit: hashText,
    presentation: z.string().describe("The SD-JWT with the sections that are open to you"),
    proof: z.string(),
    sections: z.array(auditSection),
    because: z.array(hashText),
    lifecycle: lifecycleView.nullable().describe("Null where `existence` is not among the sections"),
    responses: z
      .array(responseView)
      .describe(
        "With `findings`, or by a right of your own: replies, disputes and corrections, the newest 50 of each author",
      ),
  })
  .meta({ id: "AuditView" });
export type AuditView = z.infer<typeof auditView>;

export const grantView = z
  .strictObject({
    grant: hashText,
    grantor: orgId,
    grantee: z
      .union([orgId, z.literal("members"), z.literal(A_MEMBER)])
      .describe("`a-member`: of a yes to a member whose name the rulebook kept from you"),
    site: siteId,
    audit: hashText.nullable(),
    sections: z.array(auditSection),
    purposes: z.array(purpose),
    notBefore: z.int(),
    notAfter: z.int(),
    revoked: z.boolean(),
  })
  .meta({ id: "Grant" });
export type GrantView = z.infer<typeof grantView>;

export const grantListQuery = pageQuery.extend({ side: z.enum(["given", "received"]).default("given") });
