/** What the log holds around one audit, in Unix ms of the log's own time (`admittedAt`). */
export interface LifecycleFacts {
  readonly provenance: string;
  readonly admittedAt: number;
  /** The first `opened`, or the third notice, whichever came first. */
  readonly deliveredAt: number | null;
  /** The first reply or dispute of the supplier. */
  readonly respondedAt: number | null;
  readonly acceptedAt: number | null;
  readonly isReplied: boolean;
  readonly isDisputed: boolean;
  /** The newer audit that a correction put in its place. */
  readonly correctedBy: string | null;
}

/** 30 days to reply, dispute or accept (FIELD 3). */
export const REPLY_MS = 30 * 86_400_000;

/** Between two notices of one audit; the third is the last, and the clock starts with it. */
export const NOTICE_MS = 7 * 86_400_000;
export const NOTICES = 3;

/** Silence is *no reply*, never acceptance. */
export type Response = "awaited" | "no-reply" | "replied" | "disputed" | "accepted";

export interface Lifecycle {
  /** *draft*: logged, and its supplier has not seen it. *delivered*: the 30 days run. */
  readonly state: "draft" | "delivered" | "final";
  /** Null while the clock has not started. */
  readonly finalAt: number | null;
  readonly response: Response;
  readonly correctedBy: string | null;
}

/**
 * Unix ms from which on it is final. The clock starts when the supplier opened the draft, or answered it, or was told three
 * times; its acceptance ends it at once. What the supplier signed itself needs no reply, and a list's claim has nothing to reply to.
 */
export function finalAt(facts: Omit<LifecycleFacts, "isReplied" | "isDisputed" | "correctedBy">): number | null {
  if (facts.provenance === "supplier-signed" || facts.provenance === "listed") return facts.admittedAt;
  if (facts.acceptedAt !== null) return facts.acceptedAt;
  const starts = [facts.deliveredAt, facts.respondedAt].filter((at) => at !== null);
  return starts.length === 0 ? null : Math.min(...starts) + REPLY_MS;
}

export function lifecycleOf(facts: LifecycleFacts, now: number): Lifecycle {
  const final = finalAt(facts);
  const state = final === null ? "draft" : now < final ? "delivered" : "final";
  return { state, finalAt: final, response: responseOf(facts, state), correctedBy: facts.correctedBy };
}

function responseOf(facts: LifecycleFacts, state: Lifecycle["state"]): Response {
  if (facts.isDisputed) return "disputed";
  if (facts.acceptedAt !== null || facts.provenance === "supplier-signed") return "accepted";
  if (facts.isReplied) return "replied";
  return state === "final" ? "no-reply" : "awaited";
}
