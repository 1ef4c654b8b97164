import { base64url, fromBase64url, hex } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { equal } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Header, SealedEntry } from "./entry.ts";
import { decodeEntry, decodeHeader, dossierCommitment, entryKeys, NO_PREV, sealEntry, subjectHash } from "./entry.ts";
import type { Hash } from "./tree.ts";

/** One line of the walk as a file (FORMATS 2); header and nonce in b64url. */
export interface WalkLine {
  readonly seq: number;
  readonly index: number;
  readonly admittedAt: number;
  readonly header: string;
  readonly nonce: string;
}

/** The last line of a dossier that a reader has verified: where the next walk begins. */
export interface DossierHead {
  readonly seq: number;
  readonly index: number;
  readonly leaf: Hash;
}

export interface WalkedEntry extends SealedEntry {
  readonly facts: Header;
  readonly index: number;
  readonly admittedAt: number;
}

export type ChainReason = "seq" | "header" | "subject" | "prev" | "nonce" | "index-order";
export type WalkReason =
  | ChainReason
  | "commitment"
  | "not-in-log"
  | "tag-twice"
  | "index"
  | "admitted-at"
  | "commit"
  | "withheld";
/** `at`: the seq in question, or the count of lines where the dossier goes on. */
export interface WalkRefusal<R extends WalkReason = WalkReason> {
  readonly reason: R;
  readonly at: number;
}

export interface Chain {
  readonly K: Bytes;
  /** The subject's id. */
  readonly subject: string;
  /** Index of the opening's own entry, which every line lies above; -1 for the consortium. */
  readonly openingIndex: number;
  /** From seq 0 when absent. */
  readonly after?: DossierHead | undefined;
  readonly walk: readonly WalkLine[];
}

/**
 * Walks the headers by `prev`, alone: what an author checks of its receipt. Says nothing about the log; a line's entry
 * is rebuilt from K, header and time, so its leaf can be compared with one that the log proves.
 */
export function verifyChain(chain: Chain): Result<WalkedEntry[], WalkRefusal<ChainReason>> {
  const subject = subjectHash(chain.subject);
  const entries: WalkedEntry[] = [];
  let head: DossierHead = chain.after ?? { seq: -1, index: chain.openingIndex, leaf: NO_PREV };
  for (const line of chain.walk) {
    const at = head.seq + 1;
    const entry = walkLine(chain.K, subject, head, line);
    if (!entry.ok) return fail({ reason: entry.failure, at });
    entries.push(entry.value);
    head = { seq: at, index: line.index, leaf: entry.value.leaf };
  }
  return ok(entries);
}

function walkLine(K: Bytes, subject: Hash, head: DossierHead, line: WalkLine): Result<WalkedEntry, ChainReason> {
  const encoded = fromBase64url(line.header);
  const header = encoded ? decodeHeader(encoded) : null;
  if (!header?.ok) return fail("header");
  const facts = header.value;
  if (line.seq !== head.seq + 1 || facts.seq !== line.seq) return fail("seq");
  if (!equal(facts.subject, subject)) return fail("subject");
  if (!equal(facts.prev, head.leaf)) return fail("prev");
  if (!(line.index > head.index)) return fail("index-order");
  const sealed = sealEntry(K, facts, line.admittedAt);
  if (line.nonce !== base64url(sealed.nonce)) return fail("nonce");
  return ok({ ...sealed, facts, index: line.index, admittedAt: line.admittedAt });
}

export interface Walk extends Chain {
  /** From the opening's statement; null for the consortium, whose K is no secret. */
  readonly commitment: Bytes | null;
  /**
   * Log entries by index: all from the opening up to the witnessed size, or those alone whose tags `tagsOf` names.
   * Whoever leaves one out here can be shown a dossier with a hole.
   */
  readonly entries: Iterable<readonly [index: number, entry: Bytes]>;
}

/** FORMATS 2, *completeness*: each of 0..n-1 exactly once, at rising indexes, and tag(n) nowhere. */
export function verifyWalk(walk: Walk): Result<WalkedEntry[], WalkRefusal> {
  if (walk.commitment && !equal(walk.commitment, dossierCommitment(walk.K))) {
    return fail({ reason: "commitment", at: 0 });
  }
  const chain = verifyChain(walk);
  if (!chain.ok) return chain;
  const end = (walk.after?.seq ?? -1) + 1 + walk.walk.length;
  const found = findTags(walk, end);
  const again = repeatedBefore(walk, found);
  if (again !== null) return fail({ reason: "tag-twice", at: again });
  for (const entry of chain.value) {
    const reason = compareWithLog(entry, found.get(entry.facts.seq) ?? []);
    if (reason) return fail({ reason, at: entry.facts.seq });
  }
  return found.has(end) ? fail({ reason: "withheld", at: end }) : ok(chain.value);
}

/** Lower-case hex tag -> seq, for every seq up to and including `last`. */
export function tagsOf(K: Bytes, last: number): Map<string, number> {
  const tags = new Map<string, number>();
  for (let seq = 0; seq <= last; seq++) tags.set(hex(entryKeys(K, seq).tag), seq);
  return tags;
}

interface Found {
  readonly index: number;
  readonly entry: Bytes;
}

function findTags(walk: Walk, end: number): Map<number, Found[]> {
  const tags = tagsOf(walk.K, end);
  const found = new Map<number, Found[]>();
  for (const [index, entry] of walk.entries) {
    if (index < walk.openingIndex) continue;
    const decoded = decodeEntry(entry);
    const seq = decoded.ok ? tags.get(hex(decoded.value.tag)) : undefined;
    if (seq !== undefined) found.set(seq, [...(found.get(seq) ?? []), { index, entry }]);
  }
  return found;
}

/** A tag that was verified before stands at or below the head's index: above it, it is there twice. */
function repeatedBefore({ after }: Walk, found: ReadonlyMap<number, readonly Found[]>): number | null {
  if (!after) return null;
  for (const [seq, places] of found) {
    if (seq <= after.seq && places.some((place) => place.index > after.index)) return seq;
  }
  return null;
}

function compareWithLog(expected: WalkedEntry, found: readonly Found[]): WalkReason | null {
  const [only, ...others] = found;
  if (!only) return "not-in-log";
  if (others.length > 0) return "tag-twice";
  if (only.index !== expected.index) return "index";
  if (equal(only.entry, expected.entry)) return null;
  const logged = decodeEntry(only.entry);
  return logged.ok && logged.value.admittedAt !== expected.admittedAt ? "admitted-at" : "commit";
}
