import * as z from "zod";
import { hashText } from "../wire/ids.ts";
import { PROFILES, SERIES } from "./plan.ts";

/** Claims of `release-plan`, signed by the operator in the consortium's dossier: the file whose SHA-256 this is. */
export const releasePlanClaims = z.strictObject({
  plan: hashText,
  profile: z.enum(PROFILES),
  series: z.array(z.enum(SERIES)).min(1).max(2),
});
export type ReleasePlanClaims = z.infer<typeof releasePlanClaims>;

export const CHOICES = ["yes", "no"] as const;
export type Choice = (typeof CHOICES)[number];

/** Claims of `vote`: a member's, on a plan. The last one of a member counts, until a majority has adopted it. */
export const voteClaims = z.strictObject({ on: hashText, choice: z.enum(CHOICES) });
export type VoteClaims = z.infer<typeof voteClaims>;

/**
 * Claims of `release`, signed by the platform. `file`: SHA-256 of the published file; `inputs`: root over the hiding
 * commitments to what was counted; `votes`: the adopting votes' digest, which nobody knew when the secret was committed to.
 */
export const releaseClaims = z.strictObject({
  plan: hashText,
  cohort: z.string().min(1).max(40),
  series: z.enum(SERIES),
  file: hashText,
  commitment: hashText,
  inputs: hashText,
  votes: hashText,
  publishedAt: z.int().min(0),
});
export type ReleaseClaims = z.infer<typeof releaseClaims>;
