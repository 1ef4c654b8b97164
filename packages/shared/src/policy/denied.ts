import type { Failure } from "../wire/failure.ts";
import type { Action } from "./action.ts";
import type { Denial } from "./decide.ts";

/** Why an attempt was denied, as the operator's log says it: a closed set of words, without grants and without what a record holds. */
type DeniedWord = Denial["why"] | "missing" | "refused" | "many";

/** `many` stands for whatever else an organisation tried on a day that has more rows than are kept of it. */
const WORDS: Readonly<Record<DeniedWord, string>> = {
  missing: "there is no such record",
  refused: "not this caller's",
  suspended: "the caller is suspended",
  "key-disputed": "the author's key was declared lost",
  embargo: "the audit is not final yet",
  "no-right": "nothing opens it to this caller",
  "not-granted": "a section was asked for that is not open",
  "right-to-share-unknown": "whether it may be shared is not known",
  "buyer-consent": "the buyer that paid has not consented",
  reciprocity: "the caller has contributed nothing of late",
  revoked: "the grant was revoked",
  "too-early": "the grant has not begun",
  ended: "the grant has ended",
  purpose: "the grant is for another purpose",
  many: "the rest of the day's attempts",
};

export const sayDenied = (word: string): string =>
  Object.hasOwn(WORDS, word) ? WORDS[word as DeniedWord] : "for a reason that this version does not know";

export interface DeniedAttempt {
  readonly action: Action;
  /** As the caller named it; whether there is such a record, the store says. */
  readonly target: string;
  /** Null: `missing` or `refused`, as the record is there or not. */
  readonly why: string | null;
  readonly times: number;
}

/** What a signed caller was not permitted, each kind of attempt once. */
export function deniedAttempts(failures: readonly Failure[]): DeniedAttempt[] {
  const attempts = new Map<string, DeniedAttempt>();
  for (const failure of failures) {
    if (failure.reason !== "not-permitted") continue;
    const { action, target = "" } = failure;
    const why = wordOf(failure.why);
    const name = JSON.stringify([action, target, why]);
    attempts.set(name, { action, target, why, times: (attempts.get(name)?.times ?? 0) + 1 });
  }
  return [...attempts.values()];
}

/** A failure says all its reasons, the first of them foremost; sentences of admission are no word of the set. */
function wordOf(says: string): string | null {
  const first = says.split(" ")[0] as string;
  return first !== "refused" && Object.hasOwn(WORDS, first) ? first : null;
}
