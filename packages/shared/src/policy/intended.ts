import type { AcceptancePolicy } from "../duplicate/acceptance.ts";
import { TOTALS_FROM } from "../duplicate/batch.ts";
import { answerIntent, fits, type IntentAnswer, isOpen, type Need } from "../duplicate/intent-answer.ts";
import { type HeardAudit, usableFor } from "../duplicate/intent-usable.ts";
import type { Standing } from "../duplicate/plan.ts";
import type { OrgId, SiteId, StatementId } from "../wire/ids.ts";

/** What one member may hear of one site, under whatever ids the site goes. */
export interface SiteHearing {
  /** All of them. */
  readonly ids: readonly SiteId[];
  /** It signed that this is a current or intended supplier of its own. */
  readonly isListed: boolean;
  readonly audits: readonly HeardAudit[];
  /** Of others and its own, in the order of the log. */
  readonly plans: readonly Standing[];
}

/** What one member's intents, and its statements on joint audits, are measured by. */
export interface IntendedFacts {
  readonly org: OrgId;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** The day on which that batch was closed. */
  readonly batchDay: string;
  /** Active members as of the batch, and the batch's number. */
  readonly active: number;
  readonly batch: number;
  /** Its acceptance policy in force. */
  readonly policy: AcceptancePolicy | null;
  readonly sites: ReadonlyMap<SiteId, SiteHearing>;
  /** Of the audits that it names those it may know of, with the site that each was filed under. */
  readonly knows: ReadonlyMap<StatementId, SiteId>;
  readonly joints: ReadonlyMap<string, JointFacts>;
}

/** A plan whose terms the platform has stated. */
export interface JointFacts {
  /** Those whose terms stand. */
  readonly joiners: readonly OrgId[];
  /** What it cost is recorded. */
  readonly isSettled: boolean;
}

/** Of a batch that plans nothing. */
export const NOTHING_INTENDED: IntendedFacts = {
  org: "",
  today: "",
  batchDay: "1970-01-01",
  active: 0,
  batch: 0,
  policy: null,
  sites: new Map(),
  knows: new Map(),
  joints: new Map(),
};

const NOTHING_HEARD: SiteHearing = { ids: [], isListed: false, audits: [], plans: [] };

export const hearingOf = ({ sites }: IntendedFacts, site: SiteId): SiteHearing => sites.get(site) ?? NOTHING_HEARD;

/** The answer before ordering, as this member may hear it. */
export function answerTo(need: Need, hearing: SiteHearing, facts: IntendedFacts): IntentAnswer {
  const { today, batchDay, active, batch } = facts;
  return answerIntent(need, {
    today,
    batchDay,
    active,
    batch,
    usable: usableFor(need, hearing.audits, facts),
    others: hearing.plans.filter(({ intent }) => intent.org !== facts.org),
  });
}

/** A plan that this member was or could have been offered for its need. */
export function isOffered(plan: string, need: Need, hearing: SiteHearing, facts: IntendedFacts): boolean {
  if (facts.active < TOTALS_FROM || facts.joints.get(plan)?.isSettled) return false;
  return hearing.plans.some(
    (one) => one.plan === plan && one.intent.org !== facts.org && fits(one, need) && isOpen(one, facts.today),
  );
}
