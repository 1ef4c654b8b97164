import type { Refusal } from "../refusal.ts";

/** Stable: scripts depend on them. 3 and 4 are `verify`'s (FORMATS 5). */
export const EXIT = { done: 0, refused: 1, usage: 2, unpinned: 3, disputed: 4, unreachable: 5 } as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** The command was called wrongly; the sentence says how. */
export class UsageError extends Error {}

/** The way out of a command that was refused: `main.ts` prints why. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

export function exitOf(refusal: Refusal): Exit {
  if (refusal.reason === "unreachable") return EXIT.unreachable;
  return refusal.reason === "input" ? EXIT.usage : EXIT.refused;
}
