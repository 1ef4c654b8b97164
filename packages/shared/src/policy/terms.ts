import * as z from "zod";
import { hashText, siteId } from "../wire/ids.ts";
import { ENDS_EARLY, endsAfterItBegins, givenSections, windowEnds } from "./grant.ts";

/** Claims of `terms`: a site's supplier takes part in the pool of one rulebook, whose statement it names. Ended by `revoke`. */
export const termsClaims = z.strictObject({ site: siteId, rulebook: hashText });
export type TermsClaims = z.infer<typeof termsClaims>;

/**
 * Claims of `consent`: the buyer that paid lets the supplier share these sections of the audit that it submitted, with
 * whomever the supplier chooses. It names nobody: whom else the supplier serves is not the buyer's to know.
 */
export const consentClaims = z
  .strictObject({ audit: hashText, consentSections: givenSections, ...windowEnds })
  .refine(endsAfterItBegins, ENDS_EARLY);
export type ConsentClaims = z.infer<typeof consentClaims>;
