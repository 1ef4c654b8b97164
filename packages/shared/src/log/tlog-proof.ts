import { base64, fromBase64 } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { concat } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { parseCount } from "./count.ts";
import type { Hash } from "./tree.ts";
import { HASH_LENGTH } from "./tree.ts";

/** C2SP tlog-proof: everything that shows one entry in one checkpoint. */
export interface TlogProof {
  /** Not authenticated by itself; null where the line is absent. */
  readonly extra: Bytes | null;
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed checkpoint with its cosignatures, verbatim. */
  readonly note: string;
}

/** `line` counts from 1. */
export type TlogProofRefusal = { readonly reason: "proof-form"; readonly line: number };

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
/** Characters of a hash. */
const LINE = 44;
/** A tree of 2^63 entries is 63 high. */
const LONGEST_PATH = 63;

export const formatTlogProof = ({ path, ...proof }: TlogProof): string =>
  formatJoinedProof({ ...proof, path: concat(...path) });

/** The same of a path whose hashes are joined. Requires whole hashes. */
export function formatJoinedProof({ extra, index, path, note }: Omit<TlogProof, "path"> & { path: Bytes }): string {
  const extraLine = extra ? `extra ${base64(extra)}\n` : "";
  return `${FIRST_LINE}\n${extraLine}index ${index}\n${hashLines(path)}\n${note}`;
}

/** With a zero byte behind each, hashes are 44 characters of which the last stands where the padding does: one call encodes all. */
function hashLines(path: Bytes): string {
  const spaced = new Uint8Array((path.length / HASH_LENGTH) * (HASH_LENGTH + 1));
  for (let from = 0, to = 0; from < path.length; from++) {
    spaced[to++] = path[from] as number;
    if (to % (HASH_LENGTH + 1) === HASH_LENGTH) to++;
  }
  const text = base64(spaced);
  let lines = "";
  for (let at = 0; at < text.length; at += LINE) lines += `${text.slice(at, at + LINE - 1)}=\n`;
  return lines;
}

/** FORMATS 4. The note inside is neither split nor checked here: `parseNote` names what is wrong with it. */
export function parseTlogProof(text: string): Result<TlogProof, TlogProofRefusal> {
  // The note has an empty line of its own, so the proof's is the first.
  const split = text.indexOf("\n\n");
  const lines = text.slice(0, Math.max(split, 0)).split("\n");
  const refuse = (line: number): Result<TlogProof, TlogProofRefusal> => fail({ reason: "proof-form", line });
  if (lines[0] !== FIRST_LINE) return refuse(1);
  const extraText = lines[1]?.startsWith("extra ") ? lines[1].slice("extra ".length) : null;
  const extra = extraText === null ? null : fromBase64(extraText);
  if (extraText !== null && !extra?.length) return refuse(2);
  const at = extraText === null ? 1 : 2;
  const index = lines[at]?.startsWith("index ") ? parseCount(lines[at].slice("index ".length)) : null;
  if (index === null) return refuse(at + 1);
  const path: Hash[] = [];
  for (const [i, line] of lines.slice(at + 1).entries()) {
    const hash = fromBase64(line);
    if (hash?.length !== HASH_LENGTH || i >= LONGEST_PATH) return refuse(at + 2 + i);
    path.push(hash);
  }
  return ok({ extra, index, path, note: text.slice(split + 2) });
}
