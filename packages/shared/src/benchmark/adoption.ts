import { base64url } from "../base64.ts";
import { utf8 } from "../bytes.ts";
import { sha256 } from "../sha256.ts";
import type { VoteRow } from "./project.ts";

export type Vote = Pick<VoteRow, "org" | "choice" | "statement" | "logIndex" | "admittedAt">;

export interface Adoption {
  /** `lapsed`: no majority stood by `commitBy`, and none can any more. */
  readonly state: "open" | "adopted" | "lapsed";
  /** When the majority first stood, Unix ms; null while it has not. */
  readonly at: number | null;
  /** Statement hashes of the yes votes that made it, ascending. */
  readonly by: readonly string[];
  /** Yes votes that make a majority: more than half of the active members. */
  readonly needed: number;
  readonly yes: number;
  readonly no: number;
}

/** A member. `index`: of its opening in the log. Whether it is suspended no log says. */
export interface Elector {
  readonly org: string;
  readonly index: number;
}

/** More than half of so many. */
const majorityOf = (members: number): number => Math.floor(members / 2) + 1;

/**
 * The first votes that stood together for a plan with more than half of the members admitted by then; and where some of these
 * are suspended, else those that stand now with more than half of the active ones. The last vote of each, at or before
 * `commitBy`. `commitBy` and `now` are Unix seconds, the votes' `admittedAt` Unix ms.
 */
export function adoption(
  votes: readonly Vote[],
  electors: readonly (Elector & { readonly isActive: boolean })[],
  commitBy: number,
  now: number,
): Adoption {
  const active = new Set(electors.filter(({ isActive }) => isActive).map(({ org }) => org));
  const inTime = votes.filter(({ org, admittedAt }) => active.has(org) && admittedAt <= commitBy * 1000);
  const first = firstMajority(inTime, electors);
  if (first) return { ...first.tally, state: "adopted", at: first.by.admittedAt };
  const sorted = inTime.toSorted((a, b) => a.logIndex - b.logIndex);
  const standing = tally([...new Map(sorted.map((vote) => [vote.org, vote])).values()], majorityOf(active.size));
  const last = sorted.at(-1);
  if (last && standing.yes >= standing.needed) return { ...standing, state: "adopted", at: last.admittedAt };
  return { ...standing, by: [], state: now > commitBy ? "lapsed" : "open", at: null };
}

type Said = Pick<Vote, "org" | "choice" | "statement" | "logIndex">;

/** In the order of the log: the vote with which a majority of those admitted before it stood first, and that majority. */
function firstMajority<V extends Said>(votes: readonly V[], electors: readonly Elector[]) {
  const opened = new Map(electors.map(({ org, index }) => [org, index]));
  const last = new Map<string, V>();
  for (const by of votes.toSorted((a, b) => a.logIndex - b.logIndex)) {
    if ((opened.get(by.org) ?? by.logIndex) >= by.logIndex) continue;
    last.set(by.org, by);
    const admitted = electors.filter(({ index }) => index < by.logIndex).length;
    const tallied = tally([...last.values()], majorityOf(admitted));
    if (tallied.yes >= tallied.needed) return { tally: tallied, by };
  }
  return null;
}

function tally(votes: readonly Said[], needed: number) {
  const yes = votes.filter(({ choice }) => choice === "yes").map(({ statement }) => statement);
  return { by: yes.toSorted(), needed, yes: yes.length, no: votes.length - yes.length };
}

/** Of the votes that adopted a plan: nobody knew them when its secrets were committed to, so no secret was chosen for its noise. */
export const votesDigest = (by: readonly string[]): string => base64url(sha256(utf8(by.toSorted().join("\n"))));

/**
 * Whether a digest is that of the votes which first made a majority. From the log alone, and of one set of votes: whoever could
 * choose among several could try out noise with them.
 */
export function isOfVotes(digest: string, votes: readonly Said[], electors: readonly Elector[]): boolean {
  const first = firstMajority(votes, electors);
  return first !== null && votesDigest(first.tally.by) === digest;
}
