import { plusMonths } from "../date.ts";
import type { Result } from "./result.ts";
import type { Scheme, ValidityRule } from "./scheme.ts";

/** What the rules ask; undefined: not opened to the asker. */
export interface ValidityFacts {
  readonly auditFrom: string;
  readonly result?: Result | null | undefined;
  readonly findings?: readonly { readonly level: number | null; readonly isClosed: boolean }[] | undefined;
}

/** The last days of validity, at the earliest and at the latest: they differ while result or findings are not known. */
export interface Validity {
  readonly soonest: string;
  readonly latest: string;
  /** False where no rule speaks of such an audit: then `latest` is the longest that the scheme gives to any. */
  readonly isKnown: boolean;
}

type Fit = "yes" | "no" | "maybe";

function fits(rule: ValidityRule, { result, findings }: ValidityFacts): Fit {
  if (rule.result) {
    if (result === undefined) return "maybe";
    const own = result === null ? null : String(result.value).toLowerCase();
    const isIts = result?.scale === rule.result.scale && rule.result.values.some((one) => one.toLowerCase() === own);
    if (!isIts) return "no";
  }
  const { finding } = rule;
  if (finding === undefined) return "yes";
  if (findings === undefined) return "maybe";
  return findings.some(({ level, isClosed }) => !isClosed && (level ?? -1) >= finding) ? "yes" : "no";
}

/** By the scheme's table, from the day of the audit (FIELD 3). */
export function validityOf(scheme: Scheme, audit: ValidityFacts): Validity {
  const months = (fit: Fit) => scheme.validity.filter((rule) => fits(rule, audit) === fit).map((rule) => rule.months);
  const [sure, maybe] = [months("yes"), months("maybe")];
  const isKnown = sure.length + maybe.length > 0;
  const longest = Math.max(...(isKnown ? maybe : scheme.validity.map((rule) => rule.months)));
  const latest = sure.length > 0 ? Math.min(...sure) : longest;
  const soonest = Math.min(latest, ...maybe);
  return { soonest: plusMonths(audit.auditFrom, soonest), latest: plusMonths(audit.auditFrom, latest), isKnown };
}
