import { base64url, fromBase64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { utf8 } from "../bytes.ts";
import { EMPTY_ROOT, leafHash, nodeHash } from "../log/tree.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { isHashText } from "./id.ts";
import { isObject, parseJson } from "./json.ts";
import { thumbprint } from "./key.ts";

/** FORMATS 3: a key and its window. `from`, `until` and `loss` are log indexes or null. */
export interface KeyRow {
  readonly kid: string;
  readonly x: string;
  readonly org: string;
  readonly use: string;
  readonly from: number | null;
  readonly until: number | null;
  readonly loss: number | null;
}

export type Standing = "good" | "disputed" | "not-in-force";

/** The exact compact JSON that is a leaf of the keyring's tree. */
export const rowJson = ({ kid, x, org, use, from, until, loss }: KeyRow): string =>
  JSON.stringify({ kid, x, org, use, from, until, loss });

const isIndex = (value: unknown): boolean => value === null || (Number.isSafeInteger(value) && (value as number) >= 0);

/** The inverse of `rowJson`: one spelling, and a kid that is the thumbprint of its key. */
export function parseRow(text: string): Result<KeyRow, "row-form" | "row-kid"> {
  const json = parseJson(text);
  if (!json.ok || !isObject(json.value)) return fail("row-form");
  const row = json.value as unknown as KeyRow;
  const isShaped =
    isHashText(row.kid) &&
    isHashText(row.x) &&
    typeof row.org === "string" &&
    typeof row.use === "string" &&
    [row.from, row.until, row.loss].every(isIndex);
  if (!isShaped || rowJson(row) !== text) return fail("row-form");
  return thumbprint(fromBase64url(row.x) as Bytes) === row.kid ? ok(row) : fail("row-kid");
}

/** FORMATS 3: good from `from` on and before `until`; disputed from `loss` on. */
export function standingAt(row: KeyRow, index: number): Standing {
  if (row.from === null || index < row.from || (row.until !== null && index >= row.until)) return "not-in-force";
  return row.loss !== null && row.loss <= index ? "disputed" : "good";
}

export interface KeyringTree {
  readonly size: number;
  readonly root: Bytes;
  readonly rows: readonly KeyRow[];
  /** RFC 6962 2.1.1, from the leaf up. */
  pathOf(index: number): Bytes[];
}

const byKid = (a: KeyRow, b: KeyRow): number => (a.kid < b.kid ? -1 : a.kid > b.kid ? 1 : 0);

/** A tree small enough to keep whole, ascending by kid; a node without a sibling rises as it is (RFC 6962 2.1). */
export function keyringTree(unsorted: readonly KeyRow[]): KeyringTree {
  const rows = [...unsorted].sort(byKid);
  const levels: Bytes[][] = [rows.map((row) => leafHash(utf8(rowJson(row))))];
  for (let level = levels[0] as Bytes[]; level.length > 1; level = levels.at(-1) as Bytes[]) {
    const above: Bytes[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const right = level[i + 1];
      above.push(right ? nodeHash(level[i] as Bytes, right) : (level[i] as Bytes));
    }
    levels.push(above);
  }
  return {
    size: rows.length,
    root: levels.at(-1)?.[0] ?? EMPTY_ROOT,
    rows,
    pathOf: (index) => levels.map((level, depth) => level[(index >> depth) ^ 1]).filter((hash) => hash !== undefined),
  };
}

/** The claims of a `keyring` statement. */
export const keyringClaims = (tree: KeyringTree, covers: number) => ({
  covers,
  size: tree.size,
  root: base64url(tree.root),
});
