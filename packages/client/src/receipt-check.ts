import { base64url, fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { equal } from "@quasarix/shared/bytes.ts";
import type { WalkLine } from "@quasarix/shared/log/dossier.ts";
import { commitOf, decodeEntry, decodeExtra, decodeHeader, subjectHash } from "@quasarix/shared/log/entry.ts";
import { verifyInclusion } from "@quasarix/shared/log/proof.ts";
import { parseTlogProof } from "@quasarix/shared/log/tlog-proof.ts";
import { leafHash } from "@quasarix/shared/log/tree.ts";
import { ok } from "@quasarix/shared/result.ts";
import type { Receipt } from "@quasarix/shared/wire/statement.ts";
import { type Answer, broken } from "./refusal.ts";
import type { TrustedLog } from "./trusted-log.ts";

/** A receipt whose entry is in the log. Its place in the dossier is not known yet: `dossiers.ts` walks there. */
export interface LoggedReceipt {
  readonly line: WalkLine;
  /** From `entry`, to be compared with K's. */
  readonly tag: Bytes;
}

/**
 * FORMATS 2 and 4: the proof holds this statement of this subject, its commit fits, and the entry lies in a checkpoint
 * that the policy vouches for. The numbers beside the proof have to say the same.
 */
export async function checkReceipt(
  log: TrustedLog,
  receipt: Pick<Receipt, "proof" | "statementHash"> & Partial<Receipt>,
  expected: { readonly statementHash: string; readonly subject: string },
): Promise<Answer<LoggedReceipt>> {
  const refuse = (why: string) => broken("receipt", why, expected.statementHash);
  const proof = parseTlogProof(receipt.proof);
  if (!proof.ok) return refuse(proof.failure.reason);
  const extra = decodeExtra(proof.value.extra);
  if (!extra.ok) return refuse(extra.failure.reason);
  const entry = decodeEntry(extra.value.entry);
  const header = decodeHeader(extra.value.header);
  if (!entry.ok) return refuse(entry.failure.reason);
  if (!header.ok) return refuse(header.failure.reason);
  if (!equal(commitOf(extra.value.nonce, extra.value.header), entry.value.commit)) return refuse("commit");
  const hash = fromBase64url(expected.statementHash);
  if (!hash || !equal(header.value.statementHash, hash) || receipt.statementHash !== expected.statementHash)
    return refuse("another statement");
  if (!equal(header.value.subject, subjectHash(expected.subject))) return refuse("another subject");
  const { index, path, note } = proof.value;
  const { admittedAt, tag } = entry.value;
  const { seq } = header.value;
  const differs = (said: number | undefined, proven: number) => said !== undefined && said !== proven;
  if (differs(receipt.index, index) || differs(receipt.seq, seq) || differs(receipt.admittedAt, admittedAt))
    return refuse("numbers that differ from the proof");
  const checkpoint = await log.openLogged(note);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value.checkpoint;
  const leaf = leafHash(extra.value.entry);
  const included = verifyInclusion(leaf, index, size, path, root);
  if (!included.ok) return refuse(`inclusion, ${included.failure.reason}`);
  const line = { seq, index, admittedAt, header: base64url(extra.value.header), nonce: base64url(extra.value.nonce) };
  return ok({ line, tag });
}
