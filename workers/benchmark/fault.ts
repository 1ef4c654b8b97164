import { type Fault as AnyFault, plantable } from "@quasarix/shared/fault.ts";

/** A point right before an await, where a crash, an eviction or an error must do no harm. */
export const PAUSES = [
  "votes",
  "put",
  "members",
  "log-size",
  "cut",
  "page",
  "stands",
  "open",
  "frameworks",
  "released",
  "file",
  "file-there",
  "seen",
  "sign",
  "commit",
] as const;

export type Pause = (typeof PAUSES)[number];

export type Fault = AnyFault<Pause>;

export const { fault, plant: plantFault } = plantable<Pause>();
