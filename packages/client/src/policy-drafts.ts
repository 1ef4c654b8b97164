import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { plain, type Saying } from "./drafts.ts";

export const policyOf = (member: string, claims: AcceptancePolicy): Saying => ({
  vct: vctOf("policy"),
  sub: member,
  claims: plain(claims),
});
