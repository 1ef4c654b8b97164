import { plantable } from "@quasarix/shared/fault.ts";

/** From a statement to its receipt. */
export const REQUEST_PAUSES = [
  "stage",
  "place",
  "sequence",
  "append",
  "append-again",
  "record",
  "acknowledge",
] as const;

/** Duty's look at what a crash left staged. */
export const OUTBOX_PAUSES = ["staged", "reopen", "redrive", "redrive-one"] as const;

/** One round of intake. */
export const ROUND_PAUSES = [
  "waiting",
  "seen",
  "issue",
  "open",
  "sign",
  "correct",
  "sign-correction",
  "seal",
  "seal-one",
  "commit-round",
  "round-done",
] as const;

/** The heads of the receipts' chains. */
export const HEAD_PAUSES = ["due-heads", "seen-heads", "state-heads", "issue-head", "commit-heads"] as const;

/** What suppliers opened, and what they are told of. */
export const DELIVERY_PAUSES = [
  "due-deliveries",
  "seen-deliveries",
  "state-deliveries",
  "issue-delivery",
  "commit-deliveries",
] as const;

/** What a round makes of the places that members' lists propose. */
export const OPENING_PAUSES = [
  "proposals",
  "read-proposals",
  "open-listing",
  "same-sites",
  "compare",
  "seen-openings",
  "issue-openings",
  "issue-opening",
  "sign-opening",
  "settle",
  "stage-openings",
  "place-openings",
] as const;

/** Terms of joint audits and shares of their cost. */
export const JOINT_PAUSES = [
  "joint-batch",
  "staged-joints",
  "due-joints",
  "round-joints",
  "due-costs",
  "staged-costs",
  "share",
  "charged",
  "round-costs",
  "operator",
  "issue-joints",
  "commit-joints",
  "seen-joints",
  "issue-joint",
] as const;

/** Where all of this may end without warning. */
export const PAUSES = [
  ...REQUEST_PAUSES,
  ...OUTBOX_PAUSES,
  ...ROUND_PAUSES,
  ...HEAD_PAUSES,
  ...DELIVERY_PAUSES,
  ...OPENING_PAUSES,
  ...JOINT_PAUSES,
] as const;

export type Pause = (typeof PAUSES)[number];

export const { fault, plant: plantFault } = plantable<Pause>();
