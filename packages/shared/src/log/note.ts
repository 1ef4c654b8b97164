import { base64, fromBase64 } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { concat, equal, fromUtf8, utf8 } from "../bytes.ts";
import type { VerifyEd25519 } from "../ports.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { verifySignature } from "../statement/signature.ts";
import { verifyCosignature } from "./cosignature.ts";
import type { VerifierKey } from "./vkey.ts";
import { isKeyName } from "./vkey.ts";

export interface NoteSignature {
  readonly name: string;
  /** 4 bytes. */
  readonly id: Bytes;
  /** What follows the key id: a signature, for a cosignature the time and the signature. */
  readonly blob: Bytes;
}

/** `text` ends in LF and is what was signed. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export type NoteReason = "note-bytes" | "note-form" | "signature-line";
export type NoteRefusal = { readonly reason: NoteReason };

const DASH = "\u2014 ";
/** Each line of a known key costs a verification, so a note of a megabyte must not hold ten thousand. */
const MOST_SIGNATURES = 100;

const refuse = (reason: NoteReason): Result<never, NoteRefusal> => fail({ reason });

/** FORMATS 4. Unknown names and key types pass: they are ignored where the note is verified. */
export function parseNote(note: string | Bytes): Result<Note, NoteRefusal> {
  const whole = typeof note === "string" ? note : fromUtf8(note);
  if (whole === null || !whole.isWellFormed() || hasControl(whole)) return refuse("note-bytes");
  // The text may hold empty lines of its own; a signature line is never empty, so the last one splits.
  const split = whole.lastIndexOf("\n\n");
  if (split < 0 || !whole.endsWith("\n") || split + 2 === whole.length) return refuse("note-form");
  const lines = whole.slice(split + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) return refuse("note-form");
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (!signature) return refuse("signature-line");
    signatures.push(signature);
  }
  return ok({ text: whole.slice(0, split + 1), signatures });
}

/** signed-note: below U+0020 only LF may stand. */
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return false;
}

/** `EM SP keyname SP b64(keyid || sig)`, without its LF; null for anything else. */
function parseSignatureLine(line: string): NoteSignature | null {
  if (!line.startsWith(DASH)) return null;
  const [name, encoded, ...more] = line.slice(DASH.length).split(" ") as [string, ...string[]];
  if (encoded === undefined || more.length > 0 || !isKeyName(name)) return null;
  const bytes = fromBase64(encoded);
  return bytes && bytes.length > 4 ? { name, id: bytes.slice(0, 4), blob: bytes.slice(4) } : null;
}

/** The base64 of a signature line: `b64(keyid || sig)`. */
export const signatureText = ({ id, blob }: NoteSignature): string => base64(concat(id, blob));

/** With its LF. */
export const signatureLine = (signature: NoteSignature): string =>
  `${DASH}${signature.name} ${signatureText(signature)}\n`;

/** Requires a text that ends in LF. */
export const formatNote = (text: string, signatures: readonly NoteSignature[]): string =>
  `${text}\n${signatures.map(signatureLine).join("")}`;

export const isSignatureOf = (signature: NoteSignature, key: VerifierKey): boolean =>
  signature.name === key.name && equal(signature.id, key.id);

/** One signature line by the rule of its key's type (FORMATS 3.3 and 4). */
const verifyLine = (
  signature: NoteSignature,
  key: VerifierKey,
  text: string,
  verify: VerifyEd25519,
): Promise<boolean> =>
  key.type === 4
    ? verifyCosignature(key, signature.blob, text, verify)
    : verifySignature(verify, key.publicKey, signature.blob, utf8(text));

export interface VerifiedNote {
  /** Keys whose signatures hold, each once, in the order of the keys given. */
  readonly by: readonly VerifierKey[];
  /** Names of lines that no given key explains. */
  readonly ignored: readonly string[];
}

export type NoteVerdictRefusal =
  | { readonly reason: "bad-signature"; readonly key: VerifierKey }
  | { readonly reason: "no-known-signature" };

/** FORMATS 4: one bad signature of a known (name, id) pair refuses the whole note, and so does none that holds. Keys are tried in their order. */
export async function verifyNote(
  note: Note,
  keys: readonly VerifierKey[],
  verify: VerifyEd25519,
): Promise<Result<VerifiedNote, NoteVerdictRefusal>> {
  const by: VerifierKey[] = [];
  for (const key of keys) {
    const lines = note.signatures.filter((signature) => isSignatureOf(signature, key));
    for (const line of lines) {
      if (!(await verifyLine(line, key, note.text, verify))) return fail({ reason: "bad-signature", key });
    }
    if (lines.length > 0) by.push(key);
  }
  if (by.length === 0) return fail({ reason: "no-known-signature" });
  const strangers = note.signatures.filter((signature) => !keys.some((key) => isSignatureOf(signature, key)));
  return ok({ by, ignored: strangers.map((signature) => signature.name) });
}
