import { plantable } from "@quasarix/shared/fault.ts";

/** Where the way from a statement to its receipt, and duty's rounds, may end without warning. */
export const PAUSES = [
  "stage",
  "place",
  "sequence",
  "append",
  "append-again",
  "record",
  "acknowledge",
  "staged",
  "reopen",
  "redrive",
  "redrive-one",
  "waiting",
  "seen",
  "issue",
  "open",
  "sign",
  "seal",
  "seal-one",
  "commit-round",
  "round-done",
] as const;

export type Pause = (typeof PAUSES)[number];

export const { fault, plant: plantFault } = plantable<Pause>();
