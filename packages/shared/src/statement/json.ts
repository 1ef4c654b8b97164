import type { Bytes } from "../bytes.ts";
import { fromUtf8 } from "../bytes.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export type JsonRefusal =
  | "not-utf8"
  | "byte-order-mark"
  | "syntax"
  | "name-twice"
  | "lone-surrogate"
  | "too-deep"
  | "number-out-of-range";

const MAX_DEPTH = 32;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `Array.isArray` does not narrow a readonly array. */
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Members written in a text that is known to be JSON: colons outside of strings. */
function countMembers(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = closingQuote(text, i + 1);
    else if (code === COLON) count++;
  }
  return count;
}

/** Where the string that `from` is in ends: at the first quote behind an even number of backslashes. */
function closingQuote(text: string, from: number): number {
  for (let end = text.indexOf('"', from); ; end = text.indexOf('"', end + 1)) {
    let first = end;
    while (text.charCodeAt(first - 1) === BACKSLASH) first--;
    if ((end - first) % 2 === 0) return end;
  }
}

interface Walk {
  members: number;
  readonly escapes: boolean;
}

function walk(value: Json, depth: number, seen: Walk): JsonRefusal | null {
  if (typeof value === "string") return seen.escapes && !value.isWellFormed() ? "lone-surrogate" : null;
  if (typeof value === "number") return Number.isFinite(value) ? null : "number-out-of-range";
  if (typeof value !== "object" || value === null) return null;
  if (depth === MAX_DEPTH) return "too-deep";
  if (isArray(value)) {
    for (const item of value) {
      const refusal = walk(item, depth + 1, seen);
      if (refusal) return refusal;
    }
    return null;
  }
  for (const name of Object.keys(value)) {
    seen.members++;
    if (seen.escapes && !name.isWellFormed()) return "lone-surrogate";
    const refusal = walk(value[name] as Json, depth + 1, seen);
    if (refusal) return refusal;
  }
  return null;
}

/**
 * FORMATS 1: no byte-order mark, no member name twice, no lone surrogate, nesting at most 32, no number beyond a double.
 * The host's parser keeps one of two equal names, so a text with more members than its value has one twice.
 */
export function parseJson(input: string | Bytes): Result<Json, JsonRefusal> {
  const text = typeof input === "string" ? input : fromUtf8(input);
  if (text === null) return fail("not-utf8");
  if (text.charCodeAt(0) === 0xfeff) return fail("byte-order-mark");
  if (typeof input === "string" && !text.isWellFormed()) return fail("lone-surrogate");
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return fail("syntax");
  }
  const seen: Walk = { members: 0, escapes: text.includes("\\u") };
  const refusal = walk(value, 0, seen);
  if (refusal) return fail(refusal);
  if (text.includes("{") && countMembers(text) !== seen.members) return fail("name-twice");
  return ok(value);
}
