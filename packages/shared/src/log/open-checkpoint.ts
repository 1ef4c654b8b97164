import type { Bytes } from "../bytes.ts";
import type { VerifyEd25519 } from "../ports.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Checkpoint, CheckpointReason } from "./checkpoint.ts";
import { parseSignedCheckpoint } from "./checkpoint.ts";
import type { NoteReason } from "./note.ts";
import { verifyNote } from "./note.ts";
import type { TlogPolicy } from "./tlog-policy.ts";
import { quorumMet } from "./tlog-policy.ts";
import type { VerifierKey } from "./vkey.ts";

export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly logKey: VerifierKey;
  /** The policy's names of the witnesses whose cosignatures hold. */
  readonly cosigners: readonly string[];
  /** Key names of lines that the policy does not know. */
  readonly ignored: readonly string[];
}

export type LogReason =
  | NoteReason
  | CheckpointReason
  | "no-known-signature"
  | "no-log-signature"
  | "log-signature"
  | "bad-cosignature"
  | "too-few-witnesses";
export type LogRefusal = { readonly reason: LogReason };

const refuse = (reason: LogReason): Result<OpenedCheckpoint, LogRefusal> => fail({ reason });

/** FORMATS 4 in this order: form, the log's own signature, every known cosignature, the quorum. */
export async function openCheckpoint(
  note: string | Bytes,
  policy: TlogPolicy,
  verify: VerifyEd25519,
): Promise<Result<OpenedCheckpoint, LogRefusal>> {
  const parsed = parseSignedCheckpoint(note);
  if (!parsed.ok) return fail(parsed.failure);
  const { checkpoint } = parsed.value;
  const verified = await verifyNote(parsed.value.note, [...policy.logs, ...policy.witnesses.values()], verify);
  if (!verified.ok) {
    if (verified.failure.reason === "no-known-signature") return refuse("no-known-signature");
    return refuse(verified.failure.key.type === 1 ? "log-signature" : "bad-cosignature");
  }
  const { by, ignored } = verified.value;
  // tlog-checkpoint: a log signs for its own origin only, or one pinned log could speak for another.
  const logKey = by.find((key) => key.type === 1 && key.name === checkpoint.origin);
  if (!logKey) return refuse("no-log-signature");
  const cosigners = [...policy.witnesses].filter(([, key]) => by.includes(key)).map(([name]) => name);
  if (!quorumMet(policy, cosigners)) return refuse("too-few-witnesses");
  return ok({ checkpoint, logKey, cosigners, ignored });
}
