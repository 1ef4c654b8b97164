import type { GrantClaims } from "@quasarix/shared/policy/grant.ts";
import type { AnswerClaims } from "@quasarix/shared/policy/request.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { RequestView } from "@quasarix/shared/wire/requests.ts";
import type { Receipt } from "@quasarix/shared/wire/statement.ts";
import type { Author } from "./author.ts";
import { grantOf } from "./drafts.ts";
import type { Answer } from "./refusal.ts";
import { answerOf } from "./request-drafts.ts";

type Opens = NonNullable<AnswerClaims["opens"]>;
type Asked = Pick<RequestView, "request" | "site" | "audit" | "sections" | "purposes" | "until">;

/** What a yes opens: all that was asked, from now until then. */
export const opensWhatWasAsked = ({ sections, purposes, until }: Asked, now: number): Opens => ({
  grantSections: [...sections] as Opens["grantSections"],
  purposes: [...purposes],
  notBefore: now,
  notAfter: until,
});

export interface Answered {
  readonly answer: Receipt;
  /** Of the grant to all members, where there is to be one. */
  readonly standing: Receipt | null;
}

/**
 * Answers, and with `isStanding` gives the same to all members, for whoever would ask next. The answer goes first: if the
 * grant is refused then, it stands alone.
 */
export async function answerRequest(
  author: Author,
  request: Asked,
  claims: AnswerClaims,
  isStanding: boolean,
): Promise<Answer<Answered>> {
  const answer = await author.say(answerOf(author.org, request.request, claims));
  if (!answer.ok) return answer;
  if (!isStanding || !claims.opens) return ok({ answer: answer.value, standing: null });
  const standing = await author.say(grantOf(author.org, toAllMembers(request, claims.opens)));
  return standing.ok ? ok({ answer: answer.value, standing: standing.value }) : standing;
}

/** The same sections of the same audits. */
const toAllMembers = ({ site, audit }: Asked, opens: Opens): GrantClaims => ({
  grantee: "members",
  site,
  ...(audit === null ? {} : { audit }),
  ...opens,
});
