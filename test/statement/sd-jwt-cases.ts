import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Json, JsonObject } from "@quasarix/shared/statement/json.ts";
import { isArray, isObject } from "@quasarix/shared/statement/json.ts";
import { isMap, isScalar, isSeq, parse, parseDocument } from "yaml";
import { sharedPath } from "../shared-data.ts";
import type { Frame, Shown } from "./sd-jwt-issuer.ts";

export interface SdJwtCase {
  readonly name: string;
  readonly claims: JsonObject;
  readonly frame: Frame;
  readonly shown: Shown;
  /** Null where the case does not say it. */
  readonly expected: JsonObject | null;
  /** What the case is about besides its payload, and we refuse by design. */
  readonly aside: readonly string[];
}

interface JsCase {
  claims: JsonObject;
  disclosureFrame: Frame;
  presentationFrames: Shown;
  presentedClaims: JsonObject;
}

/** RFC 9901 7.1 removes digests, not the object they stood in, and the second implementation of this case agrees. */
const byTheRfc: Record<string, JsonObject> = { "array_none_disclosed.json": { is_over: {} } };

/** The cases of the JavaScript implementation; none where they are absent. */
export function jsCases(): SdJwtCase[] {
  const folder = sharedPath("vectors", "sd-jwt", "js", "packages", "core", "test");
  if (!folder) return [];
  return readdirSync(folder).map((name) => {
    const read = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as JsCase;
    const { claims, disclosureFrame: frame, presentationFrames: shown, presentedClaims } = read;
    return { name, claims, frame, shown, expected: byTheRfc[name] ?? presentedClaims, aside: [] };
  });
}

const TAG = "!sd";

/** Claims and frame of a node. A tagged plain scalar comes as text, which without its tag would have had a type. */
function untag(node: unknown): { value: Json; frame: Frame } {
  if (isScalar(node)) {
    const isUntyped = node.tag === TAG && node.type === "PLAIN";
    return { value: (isUntyped ? parse(String(node.value)) : node.value) as Json, frame: {} };
  }
  if (!isMap(node) && !isSeq(node)) throw new Error(`no claim: ${String(node)}`);
  const parts = isMap(node)
    ? node.items.map(({ key, value }) => ({ name: String(isScalar(key) ? key.value : key), tagged: key, node: value }))
    : node.items.map((item, i) => ({ name: String(i), tagged: item, node: item }));
  const read = parts.map((part) => ({ ...part, ...untag(part.node) }));
  const hidden = read.filter(({ tagged }) => (tagged as { tag?: string }).tag === TAG).map(({ name }) => name);
  const values = read.map(({ name, value }) => [name, value] as const);
  return {
    value: isMap(node) ? Object.fromEntries(values) : values.map(([, value]) => value),
    frame: { ...Object.fromEntries(read.map(({ name, frame }) => [name, frame])), _sd: hidden },
  };
}

/** That implementation's holder withholds a member whose value is empty (`{}`, `[]`), but not such an element. */
function asked(value: Json, isMember: boolean): Shown {
  if (isArray(value)) return isMember && value.length === 0 ? false : value.map((item) => asked(item, false));
  if (!isObject(value)) return Boolean(value);
  const entries = Object.entries(value).map(([name, item]) => [name, asked(item, true)] as const);
  return isMember && entries.length === 0 ? false : Object.fromEntries(entries);
}

interface Specification {
  holder_disclosed_claims: JsonObject;
  expect_verified_user_claims?: JsonObject;
  key_binding?: boolean;
  serialization_format?: string;
  extra_header_parameters?: JsonObject;
}

function pythonCase(name: string, text: string): SdJwtCase {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new Error(`${name}: ${document.errors.join()}`);
  const { value, frame } = untag(document.get("user_claims", true));
  const says = document.toJS() as Specification;
  const aside = [
    ...(says.key_binding ? ["key binding"] : []),
    ...(says.serialization_format === "json" ? ["JSON serialization"] : []),
    ...(says.extra_header_parameters ? ["header parameters"] : []),
  ];
  const shown = asked(says.holder_disclosed_claims, false);
  return { name, claims: value as JsonObject, frame, shown, expected: says.expect_verified_user_claims ?? null, aside };
}

/** The cases and examples of the Python implementation, their `!sd` tags alone saying what is hidden; none where they are absent. */
export function pythonCases(): SdJwtCase[] {
  const folder = sharedPath("vectors", "sd-jwt", "python-testcases");
  if (!folder) return [];
  return ["tests/testcases", "examples"].flatMap((group) =>
    readdirSync(path.join(folder, group))
      .map((name) => ({ name: `${group}/${name}`, file: path.join(folder, group, name, "specification.yml") }))
      .filter(({ file }) => existsSync(file))
      .map(({ name, file }) => pythonCase(name, readFileSync(file, "utf8"))),
  );
}
