import { equal } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { admitPublicKey } from "../statement/key.ts";
import type { KeyType, VerifierKey } from "./vkey.ts";
import { parseVkey } from "./vkey.ts";

export interface Group {
  readonly threshold: number;
  /** Names of witnesses and of groups on earlier lines. */
  readonly members: readonly string[];
}

/** C2SP tlog-policy: which logs we believe, and which witnesses have to have seen a checkpoint. */
export interface TlogPolicy {
  /** As received: its SHA-256 is what gets pinned. */
  readonly text: string;
  readonly logs: readonly VerifierKey[];
  readonly witnesses: ReadonlyMap<string, VerifierKey>;
  readonly groups: ReadonlyMap<string, Group>;
  /** A witness or a group; null is `quorum none`. */
  readonly quorum: string | null;
}

export type PolicyReason =
  | "policy-bytes"
  | "policy-line"
  | "policy-name"
  | "policy-member"
  | "threshold"
  | "no-quorum"
  | "quorum-twice"
  | "vkey"
  | "key-type"
  | "key-twice"
  | "key-not-admissible";
/** `line` counts from 1; 0 speaks of the whole file. */
export type PolicyRefusal = { readonly reason: PolicyReason; readonly line: number };

/** The policy of a log that has no witnesses yet: its key alone. */
export const policyOf = (vkey: string): string => `log ${vkey}\nquorum none\n`;

interface Draft {
  readonly logs: VerifierKey[];
  readonly witnesses: Map<string, VerifierKey>;
  readonly groups: Map<string, Group>;
  /** Names that a group has already taken: a witness counts in one way only. */
  readonly taken: Set<string>;
  quorum: string | null | undefined;
}

/** FORMATS 4. A refusal of any line refuses the file. */
export function parseTlogPolicy(text: string): Result<TlogPolicy, PolicyRefusal> {
  if (!text.isWellFormed() || !text.endsWith("\n") || /[^\t\n\x20-\x7e\x80-\u{10ffff}]/u.test(text)) {
    return fail({ reason: "policy-bytes", line: 0 });
  }
  const draft: Draft = { logs: [], witnesses: new Map(), groups: new Map(), taken: new Set(), quorum: undefined };
  for (const [i, line] of text.slice(0, -1).split("\n").entries()) {
    const words = line.split(/[ \t]+/).filter((word) => word !== "");
    if (words.length === 0 || words[0]?.startsWith("#")) continue;
    const reason = takeLine(draft, words);
    if (reason) return fail({ reason, line: i + 1 });
  }
  const { logs, witnesses, groups, quorum } = draft;
  return quorum === undefined ? fail({ reason: "no-quorum", line: 0 }) : ok({ text, logs, witnesses, groups, quorum });
}

function takeLine(draft: Draft, [word, ...rest]: readonly string[]): PolicyReason | null {
  switch (word) {
    case "log":
      return takeLog(draft, rest);
    case "witness":
      return takeWitness(draft, rest);
    case "group":
      return takeGroup(draft, rest);
    case "quorum":
      return takeQuorum(draft, rest);
    default:
      return "policy-line";
  }
}

function takeLog(draft: Draft, [vkey, , ...more]: readonly string[]): PolicyReason | null {
  if (vkey === undefined || more.length > 0) return "policy-line";
  const key = trustedKey(vkey, 1, draft.logs);
  if (!key.ok) return key.failure;
  draft.logs.push(key.value);
  return null;
}

function takeWitness(draft: Draft, [name, vkey, , ...more]: readonly string[]): PolicyReason | null {
  if (name === undefined || vkey === undefined || more.length > 0) return "policy-line";
  if (!isFree(draft, name)) return "policy-name";
  const key = trustedKey(vkey, 4, [...draft.witnesses.values()]);
  if (!key.ok) return key.failure;
  draft.witnesses.set(name, key.value);
  return null;
}

function takeGroup(draft: Draft, [name, rule, ...members]: readonly string[]): PolicyReason | null {
  if (name === undefined || rule === undefined || members.length === 0) return "policy-line";
  if (!isFree(draft, name)) return "policy-name";
  for (const member of members) {
    if (!isDefined(draft, member) || draft.taken.has(member)) return "policy-member";
    draft.taken.add(member);
  }
  const threshold = thresholdOf(rule, members.length);
  if (threshold === null) return "threshold";
  draft.groups.set(name, { threshold, members });
  return null;
}

function takeQuorum(draft: Draft, [name, ...more]: readonly string[]): PolicyReason | null {
  if (name === undefined || more.length > 0) return "policy-line";
  if (draft.quorum !== undefined) return "quorum-twice";
  if (name !== "none" && !isDefined(draft, name)) return "policy-member";
  draft.quorum = name === "none" ? null : name;
  return null;
}

const isDefined = (draft: Draft, name: string): boolean => draft.witnesses.has(name) || draft.groups.has(name);

const isFree = (draft: Draft, name: string): boolean => name !== "none" && !isDefined(draft, name);

function thresholdOf(rule: string, members: number): number | null {
  if (rule === "any") return 1;
  if (rule === "all") return members;
  const k = /^[1-9][0-9]{0,8}$/.test(rule) ? Number(rule) : 0;
  return k >= 1 && k <= members ? k : null;
}

/** FORMATS 4: the right type, admissible by section 3, and not there already under whatever name: one key must not count as two. */
function trustedKey(
  text: string,
  type: KeyType,
  others: readonly VerifierKey[],
): Result<VerifierKey, "vkey" | "key-type" | "key-twice" | "key-not-admissible"> {
  const key = parseVkey(text);
  if (!key.ok) return fail(key.failure.reason === "vkey-type" ? "key-type" : "vkey");
  if (key.value.type !== type) return fail("key-type");
  if (!admitPublicKey(key.value.publicKey).ok) return fail("key-not-admissible");
  if (others.some((other) => isSameLine(other, key.value))) return fail("key-twice");
  return ok(key.value);
}

/** Two keys that share name and id (32 bits) could not be told apart on a signature line. */
const isSameLine = (a: VerifierKey, b: VerifierKey): boolean =>
  equal(a.publicKey, b.publicKey) || (a.name === b.name && equal(a.id, b.id));

/** `verified`: the policy's own names of witnesses whose cosignatures hold. Each counts once. */
export function quorumMet(policy: TlogPolicy, verified: Iterable<string>): boolean {
  const seen = new Set(verified);
  const isMet = (name: string): boolean => {
    const group = policy.groups.get(name);
    return group ? group.members.filter(isMet).length >= group.threshold : seen.has(name);
  };
  return policy.quorum === null || isMet(policy.quorum);
}
