import type {
  correctionClaims,
  correctionSection,
  disputeSection,
  replyClaims,
  replySection,
} from "@quasarix/shared/audit/response.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import type { Json } from "@quasarix/shared/statement/json.ts";
import type * as z from "zod";
import type { Saying } from "./drafts.ts";

/** The audit that is spoken of, and its site. */
export interface Spoken {
  readonly audit: string;
  readonly site: string;
}

const plain = (value: object): Record<string, Json> => JSON.parse(JSON.stringify(value)) as Record<string, Json>;

function responseOf(
  type: "reply" | "dispute" | "correction",
  { audit, site }: Spoken,
  claims: object,
  section: object,
) {
  return { vct: vctOf(type), sub: site, re: audit, claims: plain(claims), sections: { [type]: plain(section) } };
}

/** A supplier's, to the audit as a whole and finding by finding. `stance: accepts` makes the audit final at once. */
export const replyOf = (
  spoken: Spoken,
  section: z.infer<typeof replySection>,
  claims: z.infer<typeof replyClaims> = {},
): Saying => responseOf("reply", spoken, claims, section);

export const disputeOf = (spoken: Spoken, section: z.infer<typeof disputeSection>): Saying =>
  responseOf("dispute", spoken, {}, section);

/** Of an audit's own author: nothing is edited. `by`: the newer audit that stands in its place. */
export const correctionOf = (
  spoken: Spoken,
  section: z.infer<typeof correctionSection>,
  claims: z.infer<typeof correctionClaims> = {},
): Saying => responseOf("correction", spoken, claims, section);
