import * as z from "zod";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { parseJson } from "../statement/json.ts";
import type { WalkLine } from "./dossier.ts";

const count = z.int().min(0);
const text = z.string();
const line = z.strictObject({ seq: count, index: count, admittedAt: count, header: text, nonce: text });

/** `line` counts from 1. */
export type WalkFileRefusal = { readonly reason: "walk-line"; readonly line: number };

/** FORMATS 2: JSON Lines, each with its LF. */
export const formatWalk = (walk: readonly WalkLine[]): string =>
  walk
    .map(({ seq, index, admittedAt, header, nonce }) => JSON.stringify({ seq, index, admittedAt, header, nonce }))
    .map((row) => `${row}\n`)
    .join("");

/** Form only; `verifyWalk` judges what the lines say. */
export function parseWalk(file: string): Result<WalkLine[], WalkFileRefusal> {
  if (file === "") return ok([]);
  const rows = file.split("\n");
  if (rows.pop() !== "") return fail({ reason: "walk-line", line: rows.length + 1 });
  const walk: WalkLine[] = [];
  for (const [i, row] of rows.entries()) {
    const json = parseJson(row);
    const parsed = json.ok ? line.safeParse(json.value) : null;
    if (!parsed?.success) return fail({ reason: "walk-line", line: i + 1 });
    walk.push(parsed.data);
  }
  return ok(walk);
}
