import type { AuditDraft } from "@quasarix/client/import/draft.ts";
import type { AuditContent } from "@quasarix/shared/audit/content.ts";
import type { Finding } from "@quasarix/shared/audit/finding.ts";
import { normaliseSeverity } from "@quasarix/shared/audit/severity.ts";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import type { SitePlace } from "@quasarix/shared/registry/site.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { type Dice, diceOf } from "./dice.ts";

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
  auditor: ["supplier-own", "supplier-own", "scheme-terms", "scheme-terms", "unknown"],
  member: ["supplier-own", "buyer-with-supplier-consent", "buyer-with-supplier-consent", "scheme-terms", "unknown"],
} as const;
const GRADES = ["A", "B", "B", "C", "D"] as const;

const two = (value: number) => String(value).padStart(2, "0");

function findingOf(dice: Dice, scheme: (typeof SCHEMES)[number], number: number, year: number): Finding {
  const [clause, title, description] = dice.one(FINDINGS);
  const severity = normaliseSeverity(scheme.id, dice.one(scheme.words));
  if (!severity.ok) throw new Error(`the demonstration uses a word that ${scheme.id} lacks`);
  const status = dice.one(["open", "in-progress", "closed"] as const);
  const due = `${year + 1}-${two(1 + dice.below(12))}-15`;
  return {
    number,
    clause,
    title,
    description,
    severity: severity.value.severity,
    evidenceKind: "observation",
    status,
    due,
  };
}

function contentOf(dice: Dice, role: Role): AuditContent {
  const scheme = dice.one(SCHEMES);
  const year = 2024 + dice.below(2);
  const month = 1 + dice.below(12);
  const day = 1 + dice.below(27);
  const findings = Array.from({ length: dice.below(6) }, (_, i) => findingOf(dice, scheme, i + 1, year));
  const grade = dice.one(GRADES);
  return {
    existence: {
      scheme: { id: scheme.id, version: "demonstration" },
      auditFrom: `${year}-${two(month)}-${two(day)}`,
      auditTo: `${year}-${two(month)}-${two(day + 1)}`,
      validUntil: `${year + 2}-${two(month)}-${two(day)}`,
      announcement: dice.one(["announced", "semi-announced", "unannounced"] as const),
      kind: dice.one(["initial", "periodic", "follow-up"] as const),
      topics: TOPICS.filter(() => dice.below(4) > 0),
      assessor: { kind: role === "auditor" ? "auditor" : dice.one(["auditor", "member"] as const) },
      sharing: dice.one(RIGHTS[role]),
    },
    scores: { overall: { scale: "urn:quasarix:scale:demonstration", value: grade, original: grade } },
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

/** The `number`th report that `author` has to hand: the same in every run, so that none is signed twice. */
export function draftOf(author: string, role: Role, number: number, sites: readonly SitePlace[]): AuditDraft {
  const key = base64url(sha256(utf8(`quasarix demonstration ${author} ${number}`)));
  const dice = diceOf(key);
  const place = dice.one(sites);
  const content = contentOf(dice, role);
  const digest = base64url(sha256(utf8(JSON.stringify([place, content]))));
  return { key, digest, line: number, site: { key: place.name, place }, content, groups: {} };
}
