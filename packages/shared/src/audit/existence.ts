import * as z from "zod";
import { kindCode } from "../registry/kinds.ts";
import { codeText, lineText } from "../registry/text.ts";
import { orgId } from "../wire/ids.ts";
import { isoDate } from "./date.ts";

const ANNOUNCEMENTS = ["announced", "semi-announced", "unannounced", "unknown"] as const;
const AUDIT_KINDS = ["initial", "periodic", "follow-up", "desktop", "unknown"] as const;

/** By what right this report may be shared. `unknown` keeps it with its author: no grant reaches it. */
const SHARING_RIGHTS = ["supplier-own", "buyer-with-supplier-consent", "scheme-terms", "unknown"] as const;
export type SharingRight = (typeof SHARING_RIGHTS)[number];

/** For people. */
export const SHARING_SAYS: Readonly<Record<SharingRight, string>> = {
  "supplier-own": "the supplier's own: it decides who sees it",
  "buyer-with-supplier-consent": "a buyer paid for it: others see what both the supplier and that buyer let them see",
  "scheme-terms": "by the terms of its scheme, as the supplier decides",
  unknown: "nobody knows by what right, so it stays private",
};

export const scheme = z.strictObject({ id: codeText, version: lineText(40) });

// An assessor that buys would tell every reader who buys here (DESIGN 2.3), so buyers' own staff are a kind without an id.
const assessor = z
  .strictObject({ kind: kindCode, org: orgId.optional() })
  .refine((it) => it.kind !== "member" || it.org === undefined, {
    error: "an assessor of kind `member` is never named",
    path: ["org"],
  });

/** Section `existence` of an audit: what discovery may know (DESIGN 8). Never who ordered it. */
export const existence = z
  .strictObject({
    scheme,
    auditFrom: isoDate,
    auditTo: isoDate.optional(),
    announcement: z.enum(ANNOUNCEMENTS),
    kind: z.enum(AUDIT_KINDS),
    validUntil: isoDate.optional(),
    topics: z.array(codeText).max(100),
    accreditation: z.strictObject({ body: lineText(120), number: lineText(60).optional() }).optional(),
    assessor,
    sharing: z.enum(SHARING_RIGHTS),
  })
  .refine((it) => it.auditTo === undefined || it.auditTo >= it.auditFrom, {
    error: "ends before it begins",
    path: ["auditTo"],
  })
  .refine((it) => it.validUntil === undefined || it.validUntil >= it.auditFrom, {
    error: "is over before the audit began",
    path: ["validUntil"],
  });
export type ExistenceFacts = z.infer<typeof existence>;
