import * as z from "zod";
import { TOPIC_CODES } from "../audit/scheme/topic.ts";
import { codeText, lineText } from "../registry/text.ts";

const ANNOUNCED = ["announced", "semi-announced", "unannounced"] as const;
export const PROVENANCES_ACCEPTED = ["auditor-signed", "supplier-signed", "submitted-copy", "listed"] as const;

/** The words of severity.ts that a policy may exclude, with their levels. */
export const SEVERITY_LEVELS = { minor: 2, major: 3, critical: 4, "zero-tolerance": 5 } as const;
export type SeverityWord = keyof typeof SEVERITY_LEVELS;
const SEVERITY_WORDS = Object.keys(SEVERITY_LEVELS) as [SeverityWord, ...SeverityWord[]];

const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, { error: `must be one of ${words.join(", ")}` });

const distinct = <T extends z.ZodType<string>>(item: T, most: number) =>
  z
    .array(item)
    .min(1)
    .max(most)
    .refine((all) => new Set(all).size === all.length, { error: "names one twice" });

const named = z.strictObject({
  scheme: codeText,
  /** Absent: every version. */
  versions: distinct(lineText(40), 20).optional(),
  /** In the scheme's own scale. */
  minimum: z.strictObject({ scale: codeText, value: z.union([z.number(), codeText]) }).optional(),
});

/**
 * Claims of `policy`: which audits of others a member takes in place of its own. In its own dossier, whole each time; the
 * newest in the log is in force. The member's own suppliers read it; other members never do.
 */
export const acceptancePolicy = z.strictObject({
  name: lineText(120),
  schemes: z
    .array(named)
    .max(50)
    .refine((all) => new Set(all.map(({ scheme }) => scheme)).size === all.length, { error: "names a scheme twice" }),
  /** Schemes that are not named: `refused`, or `by-topics`, where an audit counts by what it covers. */
  others: oneOf(["refused", "by-topics"]),
  /** All of them are needed. */
  topics: z
    .array(z.enum(TOPIC_CODES, { error: `must be one of ${TOPIC_CODES.join(", ")}` }))
    .max(100)
    .refine((all) => new Set(all).size === all.length, { error: "names one twice" }),
  /** From the day of the audit; absent: as long as it is valid. */
  maxAgeMonths: z.int().min(1, { error: "must be 1 to 120" }).max(120, { error: "must be 1 to 120" }).optional(),
  /** Absent: any. */
  announcements: distinct(oneOf(ANNOUNCED), 3).optional(),
  /** The bodies whose accreditation counts; absent: none is needed. */
  accreditations: distinct(lineText(120), 20).optional(),
  /** `listed` counts only where it stands here: a member's word without a report. */
  provenances: distinct(oneOf(PROVENANCES_ACCEPTED), 4),
  /** A finding of this severity or above excludes the audit: while it is not closed, or whether closed or not. */
  excludes: z.strictObject({ severity: oneOf(SEVERITY_WORDS), closed: oneOf(["forgiven", "counts-too"]) }).optional(),
});
export type AcceptancePolicy = z.infer<typeof acceptancePolicy>;
