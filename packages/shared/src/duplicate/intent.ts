import * as z from "zod";
import { isoDate } from "../audit/date.ts";
import { codeText, plainText } from "../registry/text.ts";
import type { Logged } from "../statement/logged.ts";
import { hashText, siteId } from "../wire/ids.ts";

const distinct = (codes: readonly string[]) => new Set(codes).size === codes.length;
const TWICE = { error: "names one twice" };

/** Days that a window may last: a longer one would have everybody's plans in it. */
const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;
const isWindow = ({ from, until }: { from: string; until: string }) =>
  until >= from && Date.parse(until) - Date.parse(from) <= LONGEST_DAYS * DAY_MS;

/**
 * Claims of `intent`, in the member's own dossier: an audit of this site that it means to order. `re` names the own earlier
 * intent that this one changes; `revoke` withdraws it.
 */
export const intentClaims = z
  .strictObject({
    site: siteId,
    /** Any of them would do. */
    schemes: z.array(codeText).min(1).max(20).refine(distinct, TWICE),
    /** What it has to cover; none: whatever the scheme covers. */
    topics: z.array(codeText).max(100).refine(distinct, TWICE),
    from: isoDate,
    until: isoDate,
    kind: z.enum(["full", "gap"]),
    /** Of a gap audit: the audit that lacks these topics. */
    covers: hashText.optional(),
    /** Others may be told of it as of a plan that they can join. */
    mayJoin: z.boolean(),
    /** The plan that it joins. */
    joins: hashText.optional(),
    /** Ordered although an audit covers the need, for the reason in section `reason`. */
    anyway: z.literal(true).optional(),
  })
  .refine(isWindow, { error: "must be no earlier than `from`, and within a year of it", path: ["until"] })
  .refine((it) => (it.kind === "gap") === (it.covers !== undefined), {
    error: "is there in a gap audit, and only there",
    path: ["covers"],
  })
  .refine((it) => it.kind !== "gap" || it.topics.length > 0, { error: "must name what is missing", path: ["topics"] });
export type IntentClaims = z.infer<typeof intentClaims>;

/** Why an audit is ordered although one covers the need. The list is versioned with the statement's type; no row is removed. */
export const INTENT_REASONS = {
  "not-granted": "The supplier has not opened the report to us.",
  "not-trusted": "We have reason to doubt the audit on file.",
  "too-shallow": "The audit on file does not go deep enough for us.",
  incident: "Something happened at the site since.",
  "follow-up": "We follow up findings of our own.",
  "law-or-contract": "A law, an authority or a contract asks for an audit of our own.",
  "other-scope": "Another building, process or workforce is meant.",
  other: "Another reason, in our own words.",
} as const;
export type IntentReasonCode = keyof typeof INTENT_REASONS;
const reasonCodes = Object.keys(INTENT_REASONS) as [IntentReasonCode, ...IntentReasonCode[]];

/** Section `reason` of an intent that is ordered anyway: read by its member alone. */
export const intentReason = z
  .strictObject({ code: z.enum(reasonCodes), text: plainText(1_000).optional() })
  .refine((it) => it.code !== "other" || it.text !== undefined, { error: "`other` says what", path: ["text"] });
export type IntentReason = z.infer<typeof intentReason>;

export interface IntentRow {
  readonly hash: string;
  readonly org: string;
  readonly site: string;
  readonly schemes: readonly string[];
  readonly topics: readonly string[];
  readonly windowFrom: string;
  readonly windowUntil: string;
  readonly kind: string;
  readonly covers: string | null;
  readonly mayJoin: 0 | 1;
  readonly joins: string | null;
  readonly anyway: 0 | 1;
  readonly replaces: string | null;
  readonly logIndex: number;
  readonly admittedAt: number;
}

/** Without the reason, which stays sealed in its statement. */
export function projectIntent({ claims, hash, index, admittedAt }: Logged): IntentRow {
  const own = claims as unknown as IntentClaims;
  return {
    hash,
    org: claims.iss,
    site: own.site,
    schemes: own.schemes.toSorted(),
    topics: own.topics.toSorted(),
    windowFrom: own.from,
    windowUntil: own.until,
    kind: own.kind,
    covers: own.covers ?? null,
    mayJoin: own.mayJoin ? 1 : 0,
    joins: own.joins ?? null,
    anyway: own.anyway === undefined ? 0 : 1,
    replaces: claims.re ?? null,
    logIndex: index,
    admittedAt,
  };
}
