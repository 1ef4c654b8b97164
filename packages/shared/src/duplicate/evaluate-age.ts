import { monthsBefore, plusMonths } from "../audit/date.ts";
import { schemeOf } from "../audit/scheme/catalogue.ts";
import { type Validity, validityOf } from "../audit/scheme/validity.ts";
import type { Case } from "./evaluate.ts";
import type { Reason } from "./reasons.ts";

export interface Aged {
  readonly reasons: readonly Reason[];
  /** The last day on which neither validity nor greatest age has run out; null: nothing says. */
  readonly until: string | null;
}

/** Days as text sort by time. Each limit by itself, so that both sides read all that stands against it. */
export function age(one: Case): Aged {
  const { audit, today } = one;
  if (audit.auditFrom > today) return { reasons: [{ code: "not-held-yet", from: audit.auditFrom }], until: null };
  const byScheme = schemeValidity(one);
  const maxAge = one.policy.maxAgeMonths;
  const oldest = maxAge === undefined ? null : plusMonths(audit.auditFrom, maxAge);
  const reasons: Reason[] = [];
  if (maxAge !== undefined && oldest !== null && oldest < today) {
    reasons.push({ code: "too-old", from: audit.auditFrom, months: maxAge, since: monthsBefore(today, maxAge) });
  }
  reasons.push(...expired(one, byScheme));
  const limits = [oldest, audit.validUntil].filter((day) => day !== null);
  // Where the scheme says nothing of such an audit, its longest term bounds other limits and is none by itself.
  if (byScheme && (byScheme.isKnown || limits.length > 0)) limits.push(byScheme.latest);
  return { reasons, until: limits.sort()[0] ?? null };
}

function schemeValidity({ audit, catalogue }: Case): Validity | null {
  const scheme = schemeOf(catalogue, audit.scheme);
  const { auditFrom, result } = audit;
  return scheme && validityOf(scheme, { auditFrom, result, findings: audit.findings ?? undefined });
}

function expired({ audit, scheme, today }: Case, byScheme: Validity | null): Reason[] {
  const { validUntil } = audit;
  if (validUntil !== null && validUntil < today) return [{ code: "expired", until: validUntil, by: "report", scheme }];
  const notKnown: Reason[] = validUntil === null ? [{ code: "validity-not-known", scheme }] : [];
  if (byScheme === null) return notKnown;
  const { soonest, latest, isKnown } = byScheme;
  if (latest < today) return [{ code: "expired", until: latest, by: "scheme", scheme }];
  if (!isKnown) return notKnown;
  return soonest < today ? [{ code: "validity-open", soonest, latest, scheme }] : [];
}
