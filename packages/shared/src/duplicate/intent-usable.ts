import { monthEnd } from "../audit/date.ts";
import { isTopic } from "../audit/scheme/topic.ts";
import type { AcceptancePolicy } from "./acceptance.ts";
import { covers } from "./covers.ts";
import type { AuditForEvaluation } from "./evaluate.ts";
import type { Need, UsableAudit } from "./intent-answer.ts";
import { asHeard } from "./proprietary.ts";

/** An audit whose existence the listener may hear of, by its existence facts alone. */
export interface HeardAudit extends AuditForEvaluation {
  /** The listener handed it in itself. */
  readonly own: boolean;
}

export interface UsableFacts {
  readonly policy: AcceptancePolicy | null;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** The day on which the last discovery batch was closed. */
  readonly batchDay: string;
}

/**
 * Which audits do for this need on the first day of its window, or today where that has begun: by the listener's acceptance
 * policy with the topics of the need, or by the need alone where it published none. Others' have to do for the whole of that
 * month, counted from the batch: window after window, a day apart, would date them to the day.
 */
export function usableFor(
  need: Need,
  audits: readonly HeardAudit[],
  { policy, today, batchDay }: UsableFacts,
): UsableAudit[] {
  const later = (day: string) => (need.from > day ? need.from : day);
  const [ownDay, heardDay] = [later(today), monthEnd(later(batchDay))];
  const [ours, foreign] = [need.topics.filter(isTopic), need.topics.filter((topic) => !isTopic(topic))];
  const measure = policy ? { ...policy, ...(ours.length > 0 && { topics: ours }) } : need;
  return audits.map(asHeard).flatMap(({ own, ...audit }) => {
    const cover = covers(measure, audit, own ? ownDay : heardDay);
    if (cover.covers === "no") return [];
    const missing = [
      ...new Set([...cover.missing, ...foreign.filter((topic) => !audit.topics.includes(topic))]),
    ].sort();
    const isWhole = cover.covers === "yes" && missing.length === 0;
    return [{ own, scheme: audit.scheme, auditedOn: audit.auditFrom, isWhole, missing }];
  });
}
