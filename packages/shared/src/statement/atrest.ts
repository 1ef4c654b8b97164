import { base64url, fromBase64url } from "../base64.ts";
import type { Bytes } from "../bytes.ts";
import { concat, fromUtf8, u32be, utf8 } from "../bytes.ts";
import type { Sealer } from "../ports.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import { isObject, parseJson } from "./json.ts";
import type { Statement } from "./statement.ts";

export interface SealedBody {
  /** "" is the section of the top-level disclosures. */
  readonly name: string;
  readonly sealed: Bytes;
}

/** A statement's sections as they are stored: bodies under a key each, the keys wrapped together. */
export interface SealedSections {
  readonly wrapped: Bytes;
  readonly bodies: readonly SealedBody[];
}

export type AtRestRefusal = "keys-sealed" | "keys-form" | "key-erased" | "body-sealed";

type SectionKeys = Readonly<Record<string, string>>;

const SECTION_TAG = utf8("quasarix/section/v1\n");
const KEYS_TAG = utf8("quasarix/keys/v1\n");

/** FORMATS 7: a body opens only in the statement and the section it was sealed for. */
const sectionAad = (hash: Bytes, name: string): Bytes => concat(SECTION_TAG, hash, utf8(name));
const keysAad = (hash: Bytes, kekVersion: number): Bytes => concat(KEYS_TAG, hash, u32be(kekVersion));

/** The bodies of all open sections, in `sections` order behind the top level's. */
export function sectionBodies(statement: Statement): { name: string; disclosures: readonly string[] }[] {
  const top = statement.top.map(({ text }) => text);
  const named = [...statement.sections].map(([name, { disclosures }]) => ({ name, disclosures }));
  return [{ name: "", disclosures: top }, ...named].filter(({ disclosures }) => disclosures.length > 0);
}

/** `{section name: b64url key}`, sealed under the key-encryption key of that version. */
const wrapKeys = (sealer: Sealer, kek: Bytes, version: number, hash: Bytes, keys: SectionKeys): Promise<Bytes> =>
  sealer.seal(kek, keysAad(hash, version), utf8(JSON.stringify(keys)));

async function unwrapKeys(
  sealer: Sealer,
  kek: Bytes,
  version: number,
  hash: Bytes,
  wrapped: Bytes,
): Promise<Result<SectionKeys, AtRestRefusal>> {
  const plain = await sealer.open(kek, keysAad(hash, version), wrapped);
  if (!plain) return fail("keys-sealed");
  const json = parseJson(plain);
  return json.ok && isObject(json.value) ? ok(json.value as SectionKeys) : fail("keys-form");
}

/** FORMATS 7. Each section gets a fresh key; a key is used for one message. */
export async function sealSections(
  sealer: Sealer,
  kek: Bytes,
  version: number,
  statement: Statement,
): Promise<SealedSections> {
  const { hash } = statement;
  const sections = sectionBodies(statement).map(async ({ name, disclosures }) => ({
    name,
    ...(await sealer.sealOnce(sectionAad(hash, name), utf8(disclosures.join("~")))),
  }));
  const sealed = await Promise.all(sections);
  const keys = Object.fromEntries(sealed.map(({ name, key }) => [name, base64url(key)]));
  return {
    wrapped: await wrapKeys(sealer, kek, version, hash, keys),
    bodies: sealed.map(({ name, sealed: body }) => ({ name, sealed: body })),
  };
}

/** The disclosures of the named sections; `at` names the one that did not open. */
export async function openSections(
  sealer: Sealer,
  kek: Bytes,
  version: number,
  hash: Bytes,
  stored: SealedSections,
  names: readonly string[],
): Promise<Result<Map<string, readonly string[]>, { readonly reason: AtRestRefusal; readonly at: string }>> {
  const keys = await unwrapKeys(sealer, kek, version, hash, stored.wrapped);
  if (!keys.ok) return fail({ reason: keys.failure, at: "" });
  const opened = new Map<string, readonly string[]>();
  for (const { name, sealed } of stored.bodies) {
    if (!names.includes(name)) continue;
    const key = Object.hasOwn(keys.value, name) ? fromBase64url(keys.value[name] as string) : null;
    if (!key) return fail({ reason: "key-erased", at: name });
    const body = await sealer.open(key, sectionAad(hash, name), sealed);
    const text = body && fromUtf8(body);
    if (!text) return fail({ reason: "body-sealed", at: name });
    opened.set(name, text.split("~"));
  }
  return ok(opened);
}
