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

/**
 * More than half of the active members, the last vote of each, at or before `commitBy`. Votes count no longer once the plan is
 * adopted. `commitBy` and `now` are Unix seconds, the votes' `admittedAt` Unix ms.
 */
export function adoption(
  votes: readonly Vote[],
  activeMembers: ReadonlySet<string>,
  commitBy: number,
  now: number,
): Adoption {
  const needed = Math.floor(activeMembers.size / 2) + 1;
  const last = new Map<string, Vote>();
  const standing = () => tally([...last.values()], needed);
  for (const vote of votes.toSorted((a, b) => a.logIndex - b.logIndex)) {
    if (!activeMembers.has(vote.org) || vote.admittedAt > commitBy * 1000) continue;
    last.set(vote.org, vote);
    const tallied = standing();
    if (tallied.yes >= needed) return { ...tallied, state: "adopted", at: vote.admittedAt };
  }
  return { ...standing(), by: [], state: now > commitBy ? "lapsed" : "open", at: null };
}

function tally(votes: readonly Vote[], needed: number) {
  const yes = votes.filter(({ choice }) => choice === "yes").map(({ statement }) => statement);
  return { by: yes.toSorted(), needed, yes: yes.length, no: votes.length - yes.length };
}

/** Of the votes that adopted a plan: nobody knew them when its secrets were committed to, so no secret was chosen for its noise. */
export const votesDigest = (by: readonly string[]): string => base64url(sha256(utf8(by.toSorted().join("\n"))));

/**
 * Whether a digest is that of so many yes votes at least which stood together at one time. From the log alone: whoever made up
 * a digest could try out noise with it.
 */
export function isOfVotes(
  digest: string,
  votes: readonly Pick<Vote, "org" | "choice" | "statement" | "logIndex">[],
  atLeast: number,
): boolean {
  const yes = new Map<string, string>();
  return votes
    .toSorted((a, b) => a.logIndex - b.logIndex)
    .some(({ org, choice, statement }) => {
      yes.delete(org);
      if (choice === "yes") yes.set(org, statement);
      return yes.size >= atLeast && votesDigest([...yes.values()]) === digest;
    });
}
