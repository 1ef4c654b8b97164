import * as z from "zod";
import { hashText, orgId, siteId } from "../wire/ids.ts";
import { PURPOSES, type Purpose } from "./purposes.ts";
import { GRANTABLE_SECTIONS } from "./sections.ts";

const unique = (items: readonly string[]) => new Set(items).size === items.length;
const codes = Object.keys(PURPOSES) as [Purpose, ...Purpose[]];

/** Sections that can be given away, none twice; so too for purposes. */
export const givenSections = z
  .array(z.enum(GRANTABLE_SECTIONS))
  .min(1)
  .refine(unique, { error: "must not repeat a section" });
export const givenPurposes = z.array(z.enum(codes)).min(1).refine(unique, { error: "must not repeat a purpose" });

/** `[notBefore, notAfter)`, Unix ms. */
export const windowEnds = { notBefore: z.int().min(0), notAfter: z.int().min(0) };
export const endsAfterItBegins = (it: { readonly notBefore: number; readonly notAfter: number }): boolean =>
  it.notBefore < it.notAfter;
export const ENDS_EARLY = { error: "must end after it begins", path: ["notAfter"] };

/** Claims of `grant`, signed by the site's supplier in its own dossier. The window is `[notBefore, notAfter)`, Unix ms. */
export const grantClaims = z
  .strictObject({
    grantee: z.union([orgId, z.literal("members")]),
    site: siteId,
    /** One audit; absent: every audit of the site, later ones too. */
    audit: hashText.optional(),
    grantSections: givenSections,
    purposes: givenPurposes,
    ...windowEnds,
  })
  .refine(endsAfterItBegins, ENDS_EARLY);
export type GrantClaims = z.infer<typeof grantClaims>;

/**
 * Claims of `revoke`: `re` names the grant, the answer, the consent or the terms (all that were signed for the same site and
 * rulebook). It holds from the next request (DESIGN 8).
 */
export const revokeClaims = z.strictObject({});
