import * as z from "zod";
import { hashText, orgId, siteId } from "../wire/ids.ts";
import { PURPOSES, type Purpose } from "./purposes.ts";
import { GRANTABLE_SECTIONS } from "./sections.ts";

const unique = (items: readonly string[]) => new Set(items).size === items.length;
const purposes = Object.keys(PURPOSES) as [Purpose, ...Purpose[]];

/** Claims of `grant`, signed by the site's supplier in its own dossier. The window is `[notBefore, notAfter)`, Unix ms. */
export const grantClaims = z
  .strictObject({
    grantee: z.union([orgId, z.literal("members")]),
    site: siteId,
    /** One audit; absent: every audit of the site, later ones too. */
    audit: hashText.optional(),
    grantSections: z.array(z.enum(GRANTABLE_SECTIONS)).min(1).refine(unique, { error: "must not repeat a section" }),
    purposes: z.array(z.enum(purposes)).min(1).refine(unique, { error: "must not repeat a purpose" }),
    notBefore: z.int().min(0),
    notAfter: z.int().min(0),
  })
  .refine((grant) => grant.notBefore < grant.notAfter, { error: "must end after it begins", path: ["notAfter"] });
export type GrantClaims = z.infer<typeof grantClaims>;

/** Claims of `revoke`: `re` names the grant. It holds from the next request (DESIGN 8). */
export const revokeClaims = z.strictObject({});
