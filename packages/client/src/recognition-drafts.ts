import type { RecognitionClaims } from "@quasarix/shared/duplicate/recognition.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { plain, type Saying } from "./drafts.ts";

/** This audit of another replaced one of ours. Ended by `revokeOf`. */
export const recognitionOf = (member: string, claims: RecognitionClaims): Saying => ({
  vct: vctOf("recognition"),
  sub: member,
  claims: plain(claims),
});
