import { base64url } from "../base64.ts";
import { type Bytes, utf8 } from "../bytes.ts";
import { hmacSha256 } from "../sha256.ts";
import type { OrgId, SiteId, StatementId } from "../wire/ids.ts";
import { topicsShown } from "./proprietary.ts";

/** An intent as the projection holds it; days as YYYY-MM-DD. */
export interface Intent {
  readonly hash: StatementId;
  readonly org: OrgId;
  readonly site: SiteId;
  readonly schemes: readonly string[];
  readonly topics: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly mayJoin: boolean;
  readonly joins: string | null;
  readonly replaces: StatementId | null;
  readonly index: number;
  /** Log index of its withdrawal. */
  readonly revokedIndex: number | null;
}

/** What one listener hears: its own, and of others what the log's first `size` entries say. */
export interface Hearing {
  readonly size: number;
  /** Null: nobody's own, as the platform hears it. */
  readonly org: OrgId | null;
}

/** The id of the plan that an intent began: names no statement and no member to whoever lacks the key. */
export const planIdOf = (key: Bytes, first: StatementId): string =>
  base64url(hmacSha256(key, utf8(`quasarix/plan/v1\n${first}`)));

/** An intent that stands, as one listener hears it. */
export interface Standing {
  readonly intent: Intent;
  /** The plan that it joined, else the one that it began. */
  readonly plan: string;
  /** It joined another's plan. */
  readonly isJoiner: boolean;
}

/**
 * Of all intents of a site those that stand: not withdrawn, and not changed by a later one. A change keeps the plan of
 * the first. Ascending by log index, which no answer shows.
 */
export function standing(intents: readonly Intent[], { size, org }: Hearing, key: Bytes): readonly Standing[] {
  const hears = (one: Intent, index: number) => index < size || one.org === org;
  const heard = intents.filter((one) => hears(one, one.index));
  const byHash = new Map(heard.map((one) => [one.hash, one]));
  const changed = new Set(heard.map(({ replaces }) => replaces));
  return heard
    .filter((one) => !changed.has(one.hash) && !(one.revokedIndex !== null && hears(one, one.revokedIndex)))
    .toSorted((a, b) => a.index - b.index)
    .map((intent) => ({
      intent,
      plan: intent.joins ?? planIdOf(key, firstOf(intent, byHash)),
      isJoiner: intent.joins !== null,
    }));
}

/** Of a chain of changes the one that nobody changed into: each names one that the log holds before it. */
function firstOf(intent: Intent, byHash: ReadonlyMap<string, Intent>): StatementId {
  let first = intent;
  for (let older = intent; older.replaces !== null; ) {
    const next = byHash.get(older.replaces);
    if (!next) return older.replaces;
    first = older = next;
  }
  return first.hash;
}

/** Both windows hold some same day. */
export const overlaps = (a: Pick<Intent, "from" | "until">, b: Pick<Intent, "from" | "until">): boolean =>
  a.from <= b.until && b.from <= a.until;

/** Days and topics of a joint audit. */
export interface Terms {
  readonly from: string;
  readonly until: string;
  readonly topics: readonly string[];
}

/** Who goes together, and on what terms. */
export interface Group {
  readonly plan: string;
  readonly joiners: readonly Intent[];
  readonly terms: Terms;
}

/**
 * The intents of one plan that go together: who began it, then the joiners by hash, each while some day is left that
 * suits all before it. The window is what all have in common, the topics what any of them needs. Null below two members.
 */
export function groupOf(plan: string, standings: readonly Standing[]): Group | null {
  const [begun, joined] = [false, true].map((isJoiner) =>
    standings
      .filter((one) => one.plan === plan && one.isJoiner === isJoiner)
      .map(({ intent }) => intent)
      .toSorted((a, b) => (a.hash < b.hash ? -1 : 1)),
  ) as [Intent[], Intent[]];
  const joiners: Intent[] = [];
  let window: Pick<Intent, "from" | "until"> | null = null;
  for (const one of [...begun, ...joined]) {
    if (joiners.some(({ org }) => org === one.org)) continue;
    if (window !== null && !overlaps(window, one)) continue;
    window = window === null ? one : common(window, one);
    joiners.push(one);
  }
  if (window === null || joiners.length < 2) return null;
  const topics = topicsShown(joiners.flatMap((one) => one.topics));
  return { plan, joiners, terms: { from: window.from, until: window.until, topics } };
}

const common = (a: Pick<Intent, "from" | "until">, b: Pick<Intent, "from" | "until">) => ({
  from: a.from > b.from ? a.from : b.from,
  until: a.until < b.until ? a.until : b.until,
});
