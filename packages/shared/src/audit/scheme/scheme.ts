import * as z from "zod";
import { codeText, lineText } from "../../registry/text.ts";

/** How well a fact is known (FIELD): read in a source, from a secondary source, recalled, or our own to decide. */
const MARKS = ["read", "secondary", "recalled", "own"] as const;
const mark = z.enum(MARKS);

const grades = z
  .strictObject({ kind: z.literal("grades"), id: codeText, worstFirst: z.array(codeText).min(2).max(50), mark })
  .refine((it) => new Set(it.worstFirst).size === it.worstFirst.length, {
    error: "a grade stands twice",
    path: ["worstFirst"],
  });
const points = z
  .strictObject({ kind: z.literal("points"), id: codeText, least: z.number(), most: z.number(), mark })
  .refine((it) => it.least < it.most, { error: "must be above `least`", path: ["most"] });

/** The order of one scheme's own results. Two scales are never compared (FIELD 3). */
export const scale = z.discriminatedUnion("kind", [grades, points]);
export type Scale = z.infer<typeof scale>;

/**
 * So many months from the day of the audit. With `result` or `finding` only where the audit has such a result, or a finding
 * that is not closed of this level or above; of several rules that fit, the shortest counts.
 */
const validityRule = z.strictObject({
  months: z.int().min(0).max(120),
  result: z.strictObject({ scale: codeText, values: z.array(codeText).min(1).max(50) }).optional(),
  finding: z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).optional(),
  mark,
  note: lineText(200).optional(),
});
export type ValidityRule = z.infer<typeof validityRule>;

export const scheme = z.strictObject({
  id: codeText,
  name: lineText(80),
  /** Who keeps it. */
  owner: lineText(120),
  /** Oldest first. */
  versions: z.array(lineText(40)).min(1).max(50),
  scales: z.array(scale).max(10),
  /** `<scheme>@<version>` of the table in severity.ts; null: its findings have no level. */
  severities: lineText(160).nullable(),
  validity: z.array(validityRule).min(1).max(20),
  /** What this entry leaves out. */
  losses: z.array(lineText(300)).max(20),
});
export type Scheme = z.infer<typeof scheme>;
