import { textsFromBase64url } from "../base64.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { sha256Text } from "../sha256.ts";
import { isRandom128 } from "./id.ts";
import type { Json } from "./json.ts";
import { isArray, parseJson } from "./json.ts";

export interface Disclosure {
  /** As received; what is hashed, stored and sent on. */
  readonly text: string;
  readonly digest: string;
  /** Null for an array element. */
  readonly name: string | null;
  readonly value: Json;
}

export type DisclosureRefusal = "disclosure-form" | "arity" | "salt" | "disclosure-name" | "disclosure-twice";

/** FORMATS 1: b64url(SHA-256(ASCII of the disclosure)). */
export const digestOf = (text: string): string => sha256Text(text);

/** FORMATS 1: `[salt, name, value]` or `[salt, value]`, and never a name that has a meaning of its own. */
function readDisclosure(text: string, json: string | null): Result<Disclosure, DisclosureRefusal> {
  const parsed = json === null ? null : parseJson(json);
  if (!parsed?.ok || !isArray(parsed.value)) return fail("disclosure-form");
  const parts = parsed.value;
  if (parts.length !== 2 && parts.length !== 3) return fail("arity");
  if (!isRandom128(parts[0])) return fail("salt");
  const name = parts.length === 3 ? (parts[1] as Json) : null;
  if (parts.length === 3 && typeof name !== "string") return fail("disclosure-name");
  if (name === "_sd" || name === "...") return fail("disclosure-name");
  return ok({ text, digest: digestOf(text), name: name as string | null, value: parts.at(-1) as Json });
}

/** In the order given; a text that occurs twice is refused. */
export function readDisclosures(texts: readonly string[]): Result<readonly Disclosure[], DisclosureRefusal> {
  const read: Disclosure[] = [];
  const seen = new Set<string>();
  const decoded = textsFromBase64url(texts);
  for (const [at, text] of texts.entries()) {
    const disclosure = readDisclosure(text, decoded[at] as string | null);
    if (!disclosure.ok) return disclosure;
    // Equal texts have equal digests, which are shorter to look up.
    if (seen.add(disclosure.value.digest).size === read.length) return fail("disclosure-twice");
    read.push(disclosure.value);
  }
  return ok(read);
}
