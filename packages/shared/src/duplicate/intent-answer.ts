import { monthEnd } from "../audit/date.ts";
import { TOTALS_FROM } from "./batch.ts";
import type { Intent, Standing } from "./plan.ts";
import { schemeShown, schemesShown, topicsShown } from "./proprietary.ts";

/** What somebody means to order: of an intent the part that answers depend on. */
export type Need = Pick<Intent, "schemes" | "topics" | "from" | "until">;

/** An audit that `covers` found to hold on the first day of the window, as far as the listener may hear of it. */
export interface UsableAudit {
  /** The listener handed it in itself. */
  readonly own: boolean;
  readonly scheme: string;
  /** YYYY-MM-DD. */
  readonly auditedOn: string;
  /** It does in place of what would be ordered: nothing is missing, and nothing is left to see. */
  readonly isWhole: boolean;
  /** Of the topics that are needed. */
  readonly missing: readonly string[];
}

/** All that an answer is made of. Who holds, plans or asks is not among it, nor how many do. */
export interface AnswerFacts {
  /** YYYY-MM-DD. */
  readonly today: string;
  /** The day on which the last discovery batch was closed. */
  readonly batchDay: string;
  /** Active members as of the batch. */
  readonly active: number;
  /** Number of the last closed discovery batch; 0 before the first. */
  readonly batch: number;
  readonly usable: readonly UsableAudit[];
  /** Intents of others at this site, in the order of the log. */
  readonly others: readonly Standing[];
}

export interface IntentAnswer {
  readonly asOf: number;
  /** `yes-no`: whatever else is known is null, since among few members it would tell whose it is. */
  readonly detail: "yes-no" | "full";
  readonly says: "usable" | "planned" | "nothing-known";
  readonly usable: {
    readonly own: boolean;
    /** `yes`: whoever orders anyway says why. */
    readonly covers: "yes" | "partly";
    readonly scheme: string | null;
    readonly age: AgeBand | null;
    readonly missing: string[] | null;
  } | null;
  readonly planned: {
    /** To be joined with; null: it was not offered. */
    readonly plan: string | null;
    readonly from: string | null;
    readonly until: string | null;
    readonly schemes: string[] | null;
    readonly topics: string[] | null;
  } | null;
}

/** Months between audit and today: the first of a band counts, the last does not. */
export const AGE_BANDS = ["0-6", "6-12", "12-24", "24+"] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

export function ageBandOf(auditedOn: string, today: string): AgeBand {
  const [year, month, day] = auditedOn.split("-").map(Number) as [number, number, number];
  const [yearNow, monthNow, dayNow] = today.split("-").map(Number) as [number, number, number];
  const months = (yearNow - year) * 12 + monthNow - month - (dayNow < day ? 1 : 0);
  if (months < 6) return "0-6";
  if (months < 12) return "6-12";
  return months < 24 ? "12-24" : "24+";
}

/** DESIGN 9, before ordering: a usable audit is there, or one is planned in the same window, or nothing is known. */
export function answerIntent(need: Need, facts: AnswerFacts): IntentAnswer {
  const isFull = facts.active >= TOTALS_FROM;
  const audit = facts.usable.filter(({ isWhole }) => isFull || isWhole).toSorted(byUse)[0] ?? null;
  const plan = planFor(need, facts);
  return {
    asOf: facts.batch,
    detail: isFull ? "full" : "yes-no",
    says: audit ? "usable" : plan ? "planned" : "nothing-known",
    usable: audit && sayUsable(audit, facts, isFull || audit.own),
    planned: plan && (isFull ? sayPlanned(plan, facts) : NO_MORE),
  };
}

export const isCovered = ({ usable }: IntentAnswer): boolean => usable?.covers === "yes";

const NO_MORE = { plan: null, from: null, until: null, schemes: null, topics: null };

/** By what is shown of them alone, so that two alike are one. Its own goes first: others' are no news then. */
function byUse(a: UsableAudit, b: UsableAudit): number {
  if (a.isWhole !== b.isWhole) return a.isWhole ? -1 : 1;
  if (a.missing.length !== b.missing.length) return a.missing.length - b.missing.length;
  if (a.own !== b.own) return a.own ? -1 : 1;
  if (a.auditedOn !== b.auditedOn) return a.auditedOn > b.auditedOn ? -1 : 1;
  const [one, other] = [a, b].map(({ scheme, missing }) => JSON.stringify([scheme, missing])) as [string, string];
  return one < other ? -1 : Number(one > other);
}

function sayUsable(audit: UsableAudit, facts: AnswerFacts, isFull: boolean) {
  const { own, scheme, auditedOn, missing } = audit;
  const covers = audit.isWhole ? ("yes" as const) : ("partly" as const);
  if (!isFull) return { own, covers, scheme: null, age: null, missing: null };
  return {
    own,
    covers,
    scheme: own ? scheme : schemeShown(scheme),
    // Of others' to the month and from the batch: asked each day, the day on which it grows older would be its date.
    age: ageBandOf(auditedOn, own ? facts.today : monthEnd(facts.batchDay)),
    missing: [...missing],
  };
}

/** The first in the log, so that it stays the same one while others come after it; one that can be joined before any other. */
function planFor(need: Need, { others, today }: AnswerFacts): Standing | null {
  const fitting = others.filter((one) => fits(one, need));
  return fitting.find((one) => isOpen(one, today)) ?? fitting[0] ?? null;
}

/**
 * A plan that somebody began for the same months, under a scheme that would do. By what is shown of it alone: asked day by day
 * or name by name it would else say more than the answer does.
 */
export const fits = ({ intent, isJoiner }: Standing, need: Need): boolean =>
  !isJoiner &&
  monthOf(intent.from) <= monthOf(need.until) &&
  monthOf(need.from) <= monthOf(intent.until) &&
  schemesShown(intent.schemes).some((scheme) => need.schemes.includes(scheme));

const monthOf = (day: string): string => day.slice(0, 7);

/** It can be joined: until the window begins, and no longer, whether somebody has joined by then or not. */
export const isOpen = ({ intent }: Standing, today: string): boolean => intent.mayJoin && intent.from > today;

/** Months, not days: a window to the day is easily told from others. */
const sayPlanned = ({ intent, ...one }: Standing, facts: AnswerFacts) => ({
  plan: isOpen({ intent, ...one }, facts.today) ? one.plan : null,
  from: monthOf(intent.from),
  until: monthOf(intent.until),
  schemes: schemesShown(intent.schemes),
  topics: topicsShown(intent.topics),
});
