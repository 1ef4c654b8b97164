import { daysBetween, isoDate } from "../audit/date.ts";
import { remediationBin } from "./bands.ts";
import { type Bin, type KnownAudit, listOf, type Members, objectOf } from "./metric-audit.ts";

/** From here on an open finding leaves the audit open: minor and above. Observations need not be acted on. */
const LEAST_LEVEL = 2;

interface Closing {
  readonly status: unknown;
  readonly closedOn: unknown;
}

/** What the audit says of a finding; where it says nothing, what the plan for it says. */
function closingOf(finding: Members, plans: readonly Members[]): Closing {
  if (finding["status"] !== undefined) return { status: finding["status"], closedOn: finding["closedOn"] };
  const plan = plans.find(({ findings }) => Array.isArray(findings) && findings.includes(finding["number"]));
  return { status: plan?.["status"], closedOn: plan?.["closedOn"] };
}

const levelOf = (finding: Members): unknown => objectOf(finding["severity"])["level"];

/**
 * One figure an audit: the days to its slowest closed finding, or open while one of level 2 or above is. No record where
 * nothing was found, and where it is not known whether or when such a finding was closed.
 */
export function remediationOf({ existence, findings, plans }: KnownAudit): Bin {
  const answering = listOf(plans?.["plans"]);
  let slowest: number | null = null;
  let isDated = true;
  for (const finding of listOf(findings?.["findings"])) {
    // No single site can close it.
    if (finding["collaborative"] === true) continue;
    const level = levelOf(finding);
    const matters = typeof level === "number" && level >= LEAST_LEVEL;
    const { status, closedOn } = closingOf(finding, answering);
    if (matters && (status === "open" || status === "in-progress")) return remediationBin(null);
    const day = status === "closed" ? isoDate.safeParse(closedOn) : null;
    if (day?.success) slowest = Math.max(slowest ?? 0, daysBetween(dayOf(existence), day.data));
    else if (matters) isDated = false;
  }
  return slowest === null || !isDated ? 0 : remediationBin(slowest);
}

const dayOf = ({ auditFrom, auditTo }: KnownAudit["existence"]): string => auditTo ?? auditFrom;
