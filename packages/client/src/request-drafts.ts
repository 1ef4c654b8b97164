import type { AnswerClaims, RequestClaims } from "@quasarix/shared/policy/request.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { plain, type Saying } from "./drafts.ts";

export const requestOf = (member: string, claims: RequestClaims): Saying => ({
  vct: vctOf("request"),
  sub: member,
  claims: plain(claims),
});

/** `request`: its statementHash. */
export const answerOf = (supplier: string, request: string, claims: AnswerClaims): Saying => ({
  vct: vctOf("answer"),
  sub: supplier,
  re: request,
  claims: plain(claims),
});
