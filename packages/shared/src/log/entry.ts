import type { Bytes } from "../bytes.ts";
import { concat, readU64be, u64be, utf8 } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { hmacSha256, sha256 } from "../sha256.ts";
import type { Hash } from "./tree.ts";
import { leafHash } from "./tree.ts";

/** FORMATS 2: `0x01 || u64be admittedAt || tag[16] || commit[32]`. */
export const ENTRY_LENGTH = 57;
/** `u64be seq || prev[32] || statementHash[32] || subject[32]`. */
export const HEADER_LENGTH = 104;
/** `entry || nonce[16] || header`. */
export const EXTRA_LENGTH = ENTRY_LENGTH + 16 + HEADER_LENGTH;
/** `prev` of seq 0. */
export const NO_PREV: Hash = new Uint8Array(32);

const VERSION = 1;

export interface Header {
  readonly seq: number;
  /** Leaf hash of the dossier's entry seq-1; `NO_PREV` for seq 0. */
  readonly prev: Hash;
  readonly statementHash: Hash;
  readonly subject: Hash;
}

export interface Entry {
  /** Unix milliseconds, the log's time. */
  readonly admittedAt: number;
  readonly tag: Bytes;
  readonly commit: Hash;
}

export interface SealedEntry {
  readonly entry: Bytes;
  readonly nonce: Bytes;
  readonly header: Bytes;
  readonly leaf: Hash;
}

export interface Extra {
  readonly entry: Bytes;
  readonly nonce: Bytes;
  readonly header: Bytes;
}

export type EntryReason = "entry-length" | "entry-version" | "entry-time";
export type HeaderReason = "header-length" | "header-seq";
export type ExtraReason = "extra-length";

export const subjectHash = (id: string): Hash => sha256(utf8(id));

/** K of every subject but the consortium. `root` is the dossier root, a secret of 32 bytes. */
export const dossierKey = (root: Bytes, id: string): Bytes => hmacSha256(root, subjectHash(id));

/** K of the consortium's dossier, open to all; its id is the log's origin. */
export const consortiumKey = (origin: string): Bytes => sha256(utf8(`quasarix/consortium\n${origin}`));

/** What an opening carries of the dossier's key. */
export const dossierCommitment = (K: Bytes): Hash => sha256(concat(utf8("quasarix/dossier/v1\n"), K));

export function entryKeys(K: Bytes, seq: number): { tag: Bytes; nonce: Bytes } {
  const m = hmacSha256(K, u64be(seq));
  return { tag: m.slice(0, 16), nonce: m.slice(16) };
}

const COMMIT_LABEL = utf8("quasarix/entry/v1\n");

export const commitOf = (nonce: Bytes, header: Bytes): Hash => sha256(concat(COMMIT_LABEL, nonce, header));

export const encodeHeader = ({ seq, prev, statementHash, subject }: Header): Bytes =>
  concat(u64be(seq), prev, statementHash, subject);

export function decodeHeader(bytes: Bytes): Result<Header, { readonly reason: HeaderReason }> {
  if (bytes.length !== HEADER_LENGTH) return fail({ reason: "header-length" });
  const seq = readU64be(bytes, 0);
  if (seq === null) return fail({ reason: "header-seq" });
  return ok({
    seq,
    prev: bytes.slice(8, 40),
    statementHash: bytes.slice(40, 72),
    subject: bytes.slice(72),
  });
}

const encodeEntry = ({ admittedAt, tag, commit }: Entry): Bytes =>
  concat(Uint8Array.of(VERSION), u64be(admittedAt), tag, commit);

/** The blinded entry of one statement. The same four facts always give the same bytes, so a reader can rebuild them. */
export function sealEntry(K: Bytes, header: Header, admittedAt: number): SealedEntry {
  const { tag, nonce } = entryKeys(K, header.seq);
  const encoded = encodeHeader(header);
  const entry = encodeEntry({ admittedAt, tag, commit: commitOf(nonce, encoded) });
  return { entry, nonce, header: encoded, leaf: leafHash(entry) };
}

export function decodeEntry(bytes: Bytes): Result<Entry, { readonly reason: EntryReason }> {
  if (bytes.length !== ENTRY_LENGTH) return fail({ reason: "entry-length" });
  if (bytes[0] !== VERSION) return fail({ reason: "entry-version" });
  const admittedAt = readU64be(bytes, 1);
  if (admittedAt === null) return fail({ reason: "entry-time" });
  return ok({ admittedAt, tag: bytes.slice(9, 25), commit: bytes.slice(25) });
}

/** FORMATS 4, tlog-proof: 177 bytes. */
export const encodeExtra = (entry: Bytes, nonce: Bytes, header: Bytes): Bytes => concat(entry, nonce, header);

/** Splits only: nothing here is authenticated until commit, tag and inclusion are checked. Null is a proof without `extra`. */
export function decodeExtra(extra: Bytes | null): Result<Extra, { readonly reason: ExtraReason }> {
  if (extra?.length !== EXTRA_LENGTH) return fail({ reason: "extra-length" });
  return ok({
    entry: extra.slice(0, ENTRY_LENGTH),
    nonce: extra.slice(ENTRY_LENGTH, ENTRY_LENGTH + 16),
    header: extra.slice(ENTRY_LENGTH + 16),
  });
}
