import { bytes32 } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import type { ProofReply } from "@quasarix/shared/log/append.ts";
import { encodeExtra, encodeHeader, entryKeys, subjectHash } from "@quasarix/shared/log/entry.ts";
import { formatJoinedProof } from "@quasarix/shared/log/tlog-proof.ts";
import type { ReadPlace } from "../store/read.ts";
import type { ApiContext } from "./context.ts";
import { type Desk, deskOf } from "./desk.ts";
import { sequencerOf } from "./sequencer.ts";

type Place = Pick<ReadPlace, "hash" | "subject" | "index" | "seq" | "prev">;
type Proven = Extract<ProofReply, { ok: true }>;

/** A proof to the newest committed checkpoint. */
export async function proofAtHead(c: ApiContext, place: Place): Promise<string> {
  const reply = await sequencerOf(c.env).proof(place.index);
  if (!reply.ok || reply.checkpoint === null) throw new Error("a statement has a place that the log does not have");
  return proofText(deskOf(c.env), place, reply, reply.checkpoint);
}

/** A proof to the checkpoint of that size, whose note is given. */
export async function proofAt(c: ApiContext, place: Place, size: number, note: string): Promise<string> {
  const reply = await sequencerOf(c.env).proof(place.index, size);
  if (!reply.ok) throw new Error("a published checkpoint is larger than the log");
  return proofText(deskOf(c.env), place, reply, note);
}

function proofText(desk: Desk, place: Place, { entry, path, index }: Proven, note: string): string {
  const header = headerOf(place);
  const { nonce } = entryKeys(desk.vault.dossierKey(place.subject), place.seq);
  return formatJoinedProof({ extra: encodeExtra(entry, nonce, header), index, path, note });
}

/** FORMATS 2, from what D1 holds. */
export const headerOf = ({ hash, subject, seq, prev }: Pick<Place, "hash" | "subject" | "seq" | "prev">): Bytes =>
  encodeHeader({
    seq,
    prev: bytes32(prev, "a stored hash"),
    statementHash: bytes32(hash, "a stored hash"),
    subject: subjectHash(subject),
  });
