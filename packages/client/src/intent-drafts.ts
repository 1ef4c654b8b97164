import type { IntentClaims, IntentReason } from "@quasarix/shared/duplicate/intent.ts";
import type { JointCost } from "@quasarix/shared/duplicate/join.ts";
import { vctOf } from "@quasarix/shared/statement/catalogue.ts";
import { plain, type Saying } from "./drafts.ts";

/** `replaces`: the own intent that this one changes. `reason`: why it is ordered although an audit covers the need. */
export const intentOf = (
  member: string,
  claims: Omit<IntentClaims, "anyway">,
  { reason, replaces }: { readonly reason?: IntentReason | undefined; readonly replaces?: string | undefined } = {},
): Saying => ({
  vct: vctOf("intent"),
  sub: member,
  re: replaces,
  claims: plain(reason ? { ...claims, anyway: true } : claims),
  sections: { reason: reason ? plain(reason) : {} },
});

/** A joiner may be named to the others. */
export const jointNamesOf = (member: string, plan: string): Saying => ({
  vct: vctOf("joint"),
  sub: member,
  claims: { plan, names: true },
});

/** The secretariat's record of what a joint audit cost. */
export const jointCostOf = (operator: string, claims: JointCost): Saying => ({
  vct: vctOf("joint"),
  sub: operator,
  claims: plain(claims),
});
