import * as z from "zod";
import { lineText } from "../registry/text.ts";
import { hashText, siteId } from "../wire/ids.ts";
import { ENDS_EARLY, endsAfterItBegins, givenPurposes, givenSections, windowEnds } from "./grant.ts";

/** Claims of `request`, signed by a member in its own dossier: may we see these sections, for this, until then? */
export const requestClaims = z.strictObject({
  site: siteId,
  /** One audit; absent: every audit of the site. */
  audit: hashText.optional(),
  requestSections: givenSections,
  purposes: givenPurposes,
  /** Unix ms. */
  until: z.int().min(0),
});
export type RequestClaims = z.infer<typeof requestClaims>;

/** How a supplier sees who asks, where the rulebook gives no name. */
export const A_MEMBER = "a-member";

/** None is a default, and none is counted. *partly* opens less than was asked; *later* and *help* leave the request open. */
export const ANSWERS = ["yes", "partly", "later", "no", "help"] as const;
export type AnswerWord = (typeof ANSWERS)[number];

const opens = z
  .strictObject({ grantSections: givenSections, purposes: givenPurposes, ...windowEnds })
  .refine(endsAfterItBegins, ENDS_EARLY);

/**
 * Claims of `answer`, signed by the site's supplier in its own dossier; `re` names the request. *yes* and *partly* are the
 * grant itself, to whoever asked: so a supplier can say yes to *a member* without a name. Ended by `revoke`.
 */
export const answerClaims = z
  .strictObject({
    answer: z.enum(ANSWERS),
    /** In the supplier's words, read by the member that asked. Stays in the log's statement: no personal data. */
    reason: lineText(300).optional(),
    opens: opens.optional(),
  })
  .refine((it) => (it.opens !== undefined) === (it.answer === "yes" || it.answer === "partly"), {
    error: "is there with `yes` and `partly`, and only then",
    path: ["opens"],
  });
export type AnswerClaims = z.infer<typeof answerClaims>;
