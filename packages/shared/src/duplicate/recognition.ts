import * as z from "zod";
import { codeText } from "../registry/text.ts";
import type { Logged } from "../statement/logged.ts";
import { hashText } from "../wire/ids.ts";
import { centsOf, money } from "./cents.ts";

/** A quarter of a day is the smallest part that anyone plans an auditor by. */
const auditorDays = z.number().min(0.25).max(400).multipleOf(0.25);

/**
 * Claims of `recognition`, in the member's own dossier: this audit of another stands in place of one that it would have
 * ordered under `instead`. What it saved is the member's own figure; nothing of it is estimated. Ended by `revoke`.
 */
export const recognitionClaims = z.strictObject({
  audit: hashText,
  instead: z.strictObject({ scheme: codeText, topics: z.array(codeText).max(100).optional() }),
  saved: z
    .strictObject({ days: auditorDays.optional(), money: money.optional() })
    .refine(({ days, money: sum }) => days !== undefined || sum !== undefined, {
      error: "says neither days nor money",
    }),
});
export type RecognitionClaims = z.infer<typeof recognitionClaims>;

export interface RecognitionRow {
  readonly hash: string;
  readonly org: string;
  readonly audit: string;
  readonly scheme: string;
  readonly quarterDays: number;
  readonly cents: number | null;
  readonly currency: string | null;
  readonly logIndex: number;
  readonly admittedAt: number;
}

export function projectRecognition({ claims, hash, index, admittedAt }: Logged): RecognitionRow {
  const { audit, instead, saved } = claims as unknown as RecognitionClaims;
  const { days = 0, money: sum } = saved;
  return {
    hash,
    org: claims.iss,
    audit,
    scheme: instead.scheme,
    quarterDays: days * 4,
    cents: sum === undefined ? null : centsOf(sum.amount),
    currency: sum?.currency ?? null,
    logIndex: index,
    admittedAt,
  };
}
