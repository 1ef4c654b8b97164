import { schemeOf } from "../audit/scheme/catalogue.ts";
import { atLeast } from "../audit/scheme/result.ts";
import { SEVERITY_LEVELS } from "./acceptance.ts";
import type { Case } from "./evaluate.ts";
import type { Reason } from "./reasons.ts";

/** In the scheme's own scale alone: a result of another scale is said to be not comparable, and never converted. */
export function result({ policy, audit, catalogue, scheme }: Case): Reason[] {
  const minimum = policy.schemes.find((one) => one.scheme === audit.scheme)?.minimum;
  if (!minimum) return [];
  const least = minimum.value;
  if (audit.result === undefined) return [{ code: "result-not-open", scheme, minimum: least }];
  if (audit.result === null) return [{ code: "result-not-stated", scheme, minimum: least }];
  const isEnough = atLeast(schemeOf(catalogue, audit.scheme), audit.result, minimum);
  if (isEnough === true) return [];
  const said = { scheme, value: audit.result.value, minimum: least };
  return [{ code: isEnough === null ? "result-not-comparable" : "result-below", ...said }];
}

export function findings({ policy: { excludes }, audit }: Case): Reason[] {
  if (!excludes) return [];
  const { severity, closed } = excludes;
  if (audit.findings === undefined) return [{ code: "findings-not-open", severity }];
  if (audit.findings === null) return [{ code: "findings-not-stated", severity }];
  // A report that does not say that a finding is closed leaves it standing.
  const counting = audit.findings.filter(({ isClosed }) => closed === "counts-too" || !isClosed);
  const least = SEVERITY_LEVELS[severity];
  if (counting.some(({ level }) => level !== null && level >= least))
    return [{ code: "finding-excluded", severity, closed }];
  return counting.some(({ level }) => level === null) ? [{ code: "finding-without-severity", severity }] : [];
}
