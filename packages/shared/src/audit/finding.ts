import * as z from "zod";
import { codeText, lineText, plainText } from "../registry/text.ts";
import { isoDate } from "./date.ts";

const level = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.null()]);

/** `Severity` of severity.ts: a level never stands without the word and the table it was read from. */
export const severity = z.strictObject({ level, original: lineText(80), mapping: lineText(160) });

export const FINDING_STATUS = ["open", "in-progress", "closed"] as const;
const EVIDENCE_KINDS = ["document", "interview", "observation", "photograph", "measurement", "other"] as const;

/** One deviation. `number` is its own within the audit, from 1: the order of a list means nothing (FORMATS 1). */
export const finding = z
  .strictObject({
    number: z.int().min(1).max(100_000),
    /** The scheme's clause, and its own code where it has one beside. */
    clause: codeText.optional(),
    code: lineText(80).optional(),
    /** Absent where the scheme gave no word for it. */
    severity: severity.optional(),
    /** No single site can close it: never shown with a deadline (FIELD 3). */
    collaborative: z.literal(true).optional(),
    title: lineText(300).optional(),
    description: plainText(8_000).optional(),
    law: lineText(300).optional(),
    evidenceKind: z.enum(EVIDENCE_KINDS).optional(),
    rootCause: plainText(4_000).optional(),
    status: z.enum(FINDING_STATUS).optional(),
    due: isoDate.optional(),
    closedOn: isoDate.optional(),
  })
  .refine((it) => it.collaborative === undefined || it.due === undefined, {
    error: "a collaborative action has no deadline",
    path: ["due"],
  })
  .refine((it) => it.closedOn === undefined || it.status === "closed", {
    error: "only a closed finding has a day of closing",
    path: ["closedOn"],
  });
export type Finding = z.infer<typeof finding>;
