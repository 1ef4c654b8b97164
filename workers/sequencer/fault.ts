import { type Fault as AnyFault, plantable } from "@quasarix/shared/fault.ts";

/** A point right before an await, where a crash, an eviction or an error must do no harm. */
export const PAUSES = [
  "linger",
  "group",
  "ready",
  "past",
  "published-list",
  "published-head",
  "published-latest",
  "published-text",
  "anchor",
  "commit",
  "sign",
  "answer",
  "publish",
  "full-tiles",
  "partial-tiles",
  "upload",
  "checkpoint",
  "checkpoint-once",
  "checkpoint-read",
  "checkpoint-text",
  "checkpoint-latest",
] as const;

export type Pause = (typeof PAUSES)[number];

export type Fault = AnyFault<Pause>;

export const { fault, plant: plantFault } = plantable<Pause>();
