import type { AuditDraft } from "@quasarix/client/import/draft.ts";
import type { AuditContent } from "@quasarix/shared/audit/content.ts";
import { plusMonths } from "@quasarix/shared/audit/date.ts";
import type { Finding } from "@quasarix/shared/audit/finding.ts";
import { normaliseSeverity } from "@quasarix/shared/audit/severity.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { frameworkScale } from "@quasarix/shared/benchmark/framework/framework.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { type Days, plusDays } from "./days.ts";
import { type Dice, diceOf } from "./dice.ts";
import { FRAMEWORK } from "./framework.ts";

/** A member's reports go to intake as copies; an auditor signs its own in the site's dossier. */
export type Role = "member" | "auditor";

const SCHEMES = [
  { id: "urn:quasarix:scheme:smeta", words: ["Observation", "Minor", "Minor", "Major", "Critical"] },
  { id: "urn:quasarix:scheme:rba", words: ["Opportunity for improvement", "Minor", "Major", "Priority"] },
] as const;

const FINDINGS = [
  ["wages", "Overtime premium is not shown on payslips", "Payslips of one month were compared with time records."],
  ["hours", "More than 60 hours in a week", "Time records of the finishing line show three such weeks."],
  ["fire-safety", "Emergency exit is blocked by stock", "The exit beside the packing hall was free again on the day."],
  ["fire-safety", "Fire drill records are missing", "The last recorded drill was fourteen months ago."],
  ["chemicals", "Safety data sheets are not at the place of use", "Sheets are kept in the office alone."],
  ["freedom-of-association", "Worker representatives were appointed, not elected", "Minutes name no ballot."],
  ["machinery", "A guard is missing on a press", "Two of eleven presses had no guard."],
  ["contracts", "Contracts are not in a language workers read", "Contracts of agency workers were seen."],
  ["water", "Waste water is sampled once a year only", "The permit asks for four samples a year."],
] as const;

const TOPICS = ["wages", "hours", "fire-safety", "chemicals", "freedom-of-association"];
/** A report that a buyer paid for comes from that buyer; an auditor cannot say whose consent it would take. */
const RIGHTS = {
  auditor: ["supplier-own", "supplier-own", "supplier-own", "scheme-terms", "scheme-terms", "scheme-terms", "unknown"],
  member: ["supplier-own", "buyer-with-supplier-consent", "buyer-with-supplier-consent", "scheme-terms", "unknown"],
} as const;
const GRADES = ["A", "B", "B", "C", "D"] as const;

/** Closed some time after the audit, as far as that is over by `today`. */
function closing(dice: Dice, day: string, today: string): Pick<Finding, "status" | "closedOn"> {
  const closedOn = plusDays(day, 5 + dice.below(140));
  return dice.below(4) > 0 && closedOn <= today ? { status: "closed", closedOn } : { status: "in-progress" };
}

function findingOf(dice: Dice, scheme: (typeof SCHEMES)[number], number: number, day: string, today: string): Finding {
  const [clause, title, description] = dice.one(FINDINGS);
  const severity = normaliseSeverity(scheme.id, dice.one(scheme.words));
  if (!severity.ok) throw new Error(`the demonstration uses a word that ${scheme.id} lacks`);
  const due = plusDays(day, 60 + dice.below(120));
  return {
    number,
    clause,
    title,
    description,
    severity: severity.value.severity,
    evidenceKind: "observation",
    ...closing(dice, day, today),
    due,
  };
}

function contentOf(dice: Dice, role: Role, days: Days, quality: number): AuditContent {
  const scheme = dice.one(SCHEMES);
  const day = plusDays(days.from, dice.below(days.count));
  const last = plusDays(days.from, days.count);
  const findings = Array.from({ length: dice.below(8 - quality) }, (_, i) => findingOf(dice, scheme, i + 1, day, last));
  const grade = dice.one(GRADES);
  const assessor = { kind: role === "auditor" ? "auditor" : dice.one(["auditor", "member"] as const) };
  return {
    existence: {
      scheme: { id: scheme.id, version: "demonstration" },
      auditFrom: plusDays(day, -1),
      auditTo: day,
      validUntil: plusMonths(day, 24),
      announcement: dice.one(["announced", "semi-announced", "unannounced"] as const),
      kind: dice.one(["initial", "periodic", "follow-up"] as const),
      topics: TOPICS.filter(() => dice.below(4) > 0),
      assessor,
      ...(assessor.kind === "auditor" ? { accreditation: { body: "Board of the Demonstration" } } : {}),
      sharing: dice.one(RIGHTS[role]),
    },
    scores: {
      overall: { scale: "urn:quasarix:scale:demonstration", value: grade, original: grade },
      topics: FRAMEWORK.benchmarks.map(({ id }) => scoreOf(dice, id, quality)),
    },
    findings: { findings },
    plans: { plans: findings.slice(0, 1).map(planOf) },
    people: { auditors: [{ role: "lead", code: `DA-${100 + dice.below(20)}` }], manDays: 1 + dice.below(4) },
    workforce: { total: dice.one(["50-249", "250-999", "1000-4999"] as const), union: dice.below(2) === 0 },
    evidence: {},
    commercial: { payer: dice.one(["supplier", "buyer"] as const) },
  };
}

const planOf = ({ number, title, due }: Finding) => ({
  findings: [number],
  action: `Mended at its cause: ${(title ?? "the finding").toLowerCase()}.`,
  owner: "site manager",
  ...(due === undefined ? {} : { due }),
  status: "in-progress" as const,
});

/** About as good as its site is: a level up or down. */
function scoreOf(dice: Dice, benchmark: string, quality: number) {
  const value = Math.min(5, Math.max(1, quality + dice.below(3) - 1));
  return { topic: benchmark, scale: frameworkScale(FRAMEWORK), value, original: String(value) };
}

/** 1 to 5; a site keeps its own. */
const qualityOf = ({ name }: SitePlace): number => diceOf(`quality of ${name}`).one([1, 2, 2, 3, 3, 3, 4, 4, 5]);

/** `turn` of `of` who play the same role. */
export interface Reporter {
  readonly handle: string;
  readonly role: Role;
  readonly turn: number;
  readonly of: number;
}

/**
 * The `number`th report that someone has to hand, by the same key in every run, so that none is signed twice. Auditors go
 * from site to site in turn; a member's reports are of any.
 */
export function draftOf(
  { handle, role, turn, of }: Reporter,
  number: number,
  { sites, days }: { readonly sites: readonly SitePlace[]; readonly days: Days },
): AuditDraft {
  const key = base64url(sha256(utf8(`quasarix demonstration ${handle} ${number}`)));
  const dice = diceOf(key);
  const place = role === "auditor" ? (sites[((number - 1) * of + turn) % sites.length] as SitePlace) : dice.one(sites);
  const content = contentOf(dice, role, days, qualityOf(place));
  const digest = base64url(sha256(utf8(JSON.stringify([place, content]))));
  return { key, digest, line: number, site: { key: place.name, place }, content, groups: {} };
}
