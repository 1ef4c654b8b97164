import { fromBase64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { fromUtf8 } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Json, JsonObject } from "./json.ts";
import { isArray, isObject, parseJson } from "./json.ts";

export interface BundleRow {
  /** The exact compact JSON of a keyring row. */
  readonly row: string;
  readonly index: number;
  /** Hashes in b64url, from the leaf up. */
  readonly path: readonly string[];
}

export interface BundleKeyring {
  readonly statement: string;
  readonly proof: string;
  readonly rows: readonly BundleRow[];
}

export interface BundleErasure {
  readonly statement: string;
  readonly proof: string;
}

/** FORMATS 5: what a reader takes home. */
export interface Bundle {
  readonly presentation: string;
  readonly proof: string;
  readonly keyring: BundleKeyring;
  readonly policy: string;
  readonly erasures: readonly BundleErasure[];
}

export type BundleRefusal = "json" | "version" | "bundle-form" | "base64" | "not-exact";

/** The one spelling: members in this order, no white space, no final LF. */
export function formatBundle({ presentation, proof, keyring, policy, erasures }: Bundle): string {
  const rows = keyring.rows.map(({ row, index, path }) => ({ row, index, path }));
  return JSON.stringify({
    version: 1,
    presentation,
    proof,
    keyring: { statement: keyring.statement, proof: keyring.proof, rows },
    policy,
    ...(erasures.length > 0 && { erasures: erasures.map(({ statement, proof }) => ({ statement, proof })) }),
  });
}

const isText = (value: Json | undefined): value is string => typeof value === "string";

const isRow = (row: Json): boolean =>
  isObject(row) && isText(row["row"]) && Number.isSafeInteger(row["index"]) && isPath(row["path"]);
const isPath = (path: Json | undefined): boolean => isArray(path) && path.every(isText);
const isProven = (value: Json): boolean => isObject(value) && isText(value["statement"]) && isText(value["proof"]);

function isShaped(value: JsonObject): boolean {
  const { presentation, proof, keyring, policy, erasures = [] } = value;
  if (!isText(presentation) || !isText(proof) || !isText(policy)) return false;
  if (!isObject(keyring) || !isProven(keyring) || !isArray(keyring["rows"])) return false;
  return keyring["rows"].every(isRow) && isArray(erasures) && erasures.every(isProven);
}

/** Anything but what `formatBundle` writes is refused: one bundle has one SHA-256. */
export function parseBundle(input: string | Bytes): Result<Bundle, BundleRefusal> {
  const text = typeof input === "string" ? input : fromUtf8(input);
  const json = text === null ? null : parseJson(text);
  if (!json?.ok) return fail("json");
  const value = json.value;
  if (!isObject(value)) return fail("bundle-form");
  if (value["version"] !== 1) return fail("version");
  if (!isShaped(value)) return fail("bundle-form");
  const bundle = { erasures: [], ...value } as unknown as Bundle;
  const hashes = bundle.keyring.rows.flatMap(({ path }) => path);
  if (!hashes.every((hash) => fromBase64url(hash)?.length === 32)) return fail("base64");
  return formatBundle(bundle) === text ? ok(bundle) : fail("not-exact");
}
