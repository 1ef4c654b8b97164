import * as z from "zod";
import type { Reason } from "../policy/access.ts";
import { REASONS } from "../policy/access.ts";
import { DISCOVERY_SAYS, type DiscoveryReason } from "../policy/discover.ts";
import { AUDIT_SECTIONS } from "../policy/sections.ts";
import { hashText, orgId } from "./ids.ts";
import { purpose } from "./sharing.ts";

const section = z.enum(AUDIT_SECTIONS);
const reason = z.enum(Object.keys(REASONS) as [Reason, ...Reason[]]);

const discoveryReason = z.enum(Object.keys(DISCOVERY_SAYS) as [DiscoveryReason, ...DiscoveryReason[]]);

export const accessQuery = z.object({ purpose });

/** `GET /v1/audits/{id}/access`: what opens what. */
export const accessView = z
  .strictObject({
    audit: hashText,
    purpose,
    standing: z
      .enum(["author", "submitter", "supplier", "grant"])
      .nullable()
      .describe("By what right you read; null: nothing is open to you, the owner, now"),
    sections: z
      .array(z.strictObject({ section, because: z.array(hashText) }))
      .describe("Open to you now, each with the grants or terms that open it; none for a standing right"),
    given: z
      .array(
        z.strictObject({
          grant: hashText,
          grantee: z.union([orgId, z.literal("members"), z.literal("a-member")]),
          opens: z.array(section),
          closed: z.array(z.strictObject({ why: reason, says: z.string() })),
        }),
      )
      .optional()
      .describe("For the site's supplier alone: what each of its grants opens now, and why not more. The newest first"),
    discovery: z
      .strictObject({ open: z.boolean(), why: discoveryReason, says: z.string() })
      .optional()
      .describe("For the site's supplier alone: may members hear that the audit exists, and why"),
    more: z.boolean().optional().describe("There are older grants than those that are shown"),
  })
  .meta({ id: "Access" });
export type AccessView = z.infer<typeof accessView>;
