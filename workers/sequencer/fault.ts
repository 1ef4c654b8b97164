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

export interface Fault {
  pause(name: Pause): Promise<void>;
}

const none: Fault = { pause: async () => {} };
let planted = none;

/** What the running object pauses through: nothing, until a test plants something. */
export const fault: Fault = { pause: (name) => planted.pause(name) };

/** For tests only; null takes it away again. */
export function plantFault(next: Fault | null): void {
  planted = next ?? none;
}
