import type { ReleasePlanClaims, VoteClaims } from "@quasarix/shared/benchmark/claims.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { plain, type Saying } from "./drafts.ts";

/** The secretariat puts a plan to the vote. */
export const releasePlanOf = (consortium: string, claims: ReleasePlanClaims): Saying => ({
  vct: vctOf("release-plan"),
  sub: consortium,
  claims: plain(claims),
});

/** A member's vote on a plan; its last one counts. */
export const voteOf = (consortium: string, claims: VoteClaims): Saying => ({
  vct: vctOf("vote"),
  sub: consortium,
  claims: plain(claims),
});
