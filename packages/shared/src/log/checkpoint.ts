import { base64, fromBase64 } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { utf8 } from "../bytes.ts";
import type { Signer } from "../ports.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { parseCount } from "./count.ts";
import type { Note, NoteRefusal } from "./note.ts";
import { formatNote, parseNote } from "./note.ts";
import type { Hash } from "./tree.ts";
import { HASH_LENGTH } from "./tree.ts";
import { isKeyName, keyId } from "./vkey.ts";

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

export type CheckpointReason = "checkpoint-form" | "checkpoint-origin" | "checkpoint-size" | "checkpoint-root";
export type CheckpointRefusal = { readonly reason: CheckpointReason };

const refuse = (reason: CheckpointReason): Result<Checkpoint, CheckpointRefusal> => fail({ reason });

/** FORMATS 4: what the log signs and witnesses cosign, its final LF included. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${base64(root)}\n`;

/** Exactly three lines: extension lines are refused, and this is the place that checks that a root has 32 bytes. */
export function parseCheckpoint(text: string): Result<Checkpoint, CheckpointRefusal> {
  const lines = text.split("\n");
  if (lines.length !== 4 || lines[3] !== "") return refuse("checkpoint-form");
  const [origin, sizeText, rootText] = lines as [string, string, string];
  if (!isKeyName(origin)) return refuse("checkpoint-origin");
  const size = parseCount(sizeText);
  if (size === null) return refuse("checkpoint-size");
  const root = fromBase64(rootText);
  if (root?.length !== HASH_LENGTH) return refuse("checkpoint-root");
  return ok({ origin, size, root });
}

/** A signed checkpoint by its form alone; `openCheckpoint` is what verifies one. */
export function parseSignedCheckpoint(
  note: string | Bytes,
): Result<{ readonly note: Note; readonly checkpoint: Checkpoint }, NoteRefusal | CheckpointRefusal> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const checkpoint = parseCheckpoint(parsed.value.text);
  return checkpoint.ok ? ok({ note: parsed.value, checkpoint: checkpoint.value }) : checkpoint;
}

/** The signed note; the log's key name is its origin. Witnesses add their lines at its end. */
export async function signCheckpoint(signer: Signer, checkpoint: Checkpoint): Promise<string> {
  const text = checkpointText(checkpoint);
  const id = keyId(checkpoint.origin, 1, signer.publicKey);
  return formatNote(text, [{ name: checkpoint.origin, id, blob: await signer.sign(utf8(text)) }]);
}
