import type { Bytes } from "../bytes.ts";
import { equal } from "../bytes.ts";
import type { EntryReason, ExtraReason, Header, HeaderReason } from "../log/entry.ts";
import {
  commitOf,
  consortiumKey,
  decodeEntry,
  decodeExtra,
  decodeHeader,
  entryKeys,
  subjectHash,
} from "../log/entry.ts";
import { parseTlogProof } from "../log/tlog-proof.ts";
import type { Hash } from "../log/tree.ts";
import { leafHash } from "../log/tree.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { SignedPart } from "./statement.ts";

/** Where the log says a statement is. The header fits the statement; inclusion and checkpoint are not checked yet. */
export interface Located {
  readonly index: number;
  readonly admittedAt: number;
  readonly header: Header;
  readonly tag: Bytes;
  readonly nonce: Bytes;
  readonly leaf: Hash;
  readonly path: readonly Hash[];
  readonly note: string;
}

export type LocateReason =
  | "proof-form"
  | ExtraReason
  | EntryReason
  | HeaderReason
  | "commit"
  | "statement-hash"
  | "subject";

/** FORMATS 4: the entry commits to the header, and the header names this statement and its subject. */
export function locate(proofText: string, statement: SignedPart): Result<Located, LocateReason> {
  const proof = parseTlogProof(proofText);
  if (!proof.ok) return fail(proof.failure.reason);
  const { index, path, note } = proof.value;
  const extra = decodeExtra(proof.value.extra);
  if (!extra.ok) return fail(extra.failure.reason);
  const entry = decodeEntry(extra.value.entry);
  if (!entry.ok) return fail(entry.failure.reason);
  const header = decodeHeader(extra.value.header);
  if (!header.ok) return fail(header.failure.reason);
  const { nonce } = extra.value;
  if (!equal(commitOf(nonce, extra.value.header), entry.value.commit)) return fail("commit");
  if (!equal(header.value.statementHash, statement.hash)) return fail("statement-hash");
  if (!equal(header.value.subject, subjectHash(statement.claims.sub))) return fail("subject");
  const { admittedAt, tag } = entry.value;
  return ok({ index, admittedAt, header: header.value, tag, nonce, leaf: leafHash(extra.value.entry), path, note });
}

/** The consortium's K is open to all, so anyone can tell whether an entry has its place in that dossier. */
export function hasOpenKeys({ header, tag, nonce }: Located, origin: string): boolean {
  const keys = entryKeys(consortiumKey(origin), header.seq);
  return equal(keys.tag, tag) && equal(keys.nonce, nonce);
}
