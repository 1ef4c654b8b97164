import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { digestOf } from "@quasarix/shared/statement/disclosure.ts";
import type { Json, JsonObject } from "@quasarix/shared/statement/json.ts";
import { isArray } from "@quasarix/shared/statement/json.ts";

/** Which members and elements are behind digests: `_sd` names them, the other members are the frames of what is inside. */
export type Frame = { readonly _sd?: readonly (string | number)[] } & { readonly [name: string]: unknown };

/** What a holder shows: nothing inside of `true`, everything inside of `all`. */
export type Shown = "all" | boolean | null | undefined | readonly Shown[] | { readonly [name: string]: Shown };

let drawn = 0;
/** A salt of its own each time: equal values must not give equal digests. */
const salt = () =>
  base64url(
    new Uint8Array(16)
      .fill(0)
      .with(0, ++drawn & 0xff)
      .with(1, drawn >> 8),
  );
export const disclosureOf = (...parts: Json[]): string => base64url(utf8(JSON.stringify([salt(), ...parts])));

const frameAt = (frame: Frame | undefined, name: string) => frame?.[name] as Frame | undefined;
const isHidden = (frame: Frame | undefined, name: string) => (frame?._sd ?? []).map(String).includes(name);
function shownAt(shown: Shown, name: string): Shown {
  if (shown === "all") return "all";
  return typeof shown === "object" ? (shown as { [name: string]: Shown } | null)?.[name] : undefined;
}

interface Issue {
  readonly decoys: boolean;
  readonly kept: string[];
}

function blind(value: Json, frame: Frame | undefined, shown: Shown, issue: Issue): Json {
  if (typeof value !== "object" || value === null) return value;
  const one = (name: string, item: Json) => blind(item, frameAt(frame, name), shownAt(shown, name), issue);
  const hide = (name: string, text: string) => {
    if (shownAt(shown, name)) issue.kept.push(text);
    return digestOf(text);
  };
  const decoys = issue.decoys ? [digestOf(salt()), digestOf(salt())] : [];
  if (isArray(value)) {
    const items = value.map((item, i) => {
      const blinded = one(String(i), item);
      return isHidden(frame, String(i)) ? { "...": hide(String(i), disclosureOf(blinded)) } : blinded;
    });
    const [first, last] = decoys.map((digest) => [{ "...": digest }]);
    return [...(first ?? []), ...items, ...(last ?? [])];
  }
  const plain: Record<string, Json> = {};
  const digests = [...decoys];
  for (const [name, item] of Object.entries(value)) {
    const blinded = one(name, item);
    if (isHidden(frame, name)) digests.push(hide(name, disclosureOf(name, blinded)));
    else plain[name] = blinded;
  }
  return digests.length > 0 ? { ...plain, _sd: digests.sort() } : plain;
}

/** A plain RFC 9901 issuer, and a holder that keeps the disclosures of what is shown. Decoys go into every object and array. */
export function issue(claims: JsonObject, frame: Frame, shown: Shown, decoys: boolean) {
  const kept: string[] = [];
  const payload = blind(claims, frame, shown, { decoys, kept }) as JsonObject;
  return { payload: { ...payload, _sd_alg: "sha-256" }, kept };
}

/** What a verifier is to see, told from the frames alone, without a digest. */
export function seen(value: Json, frame: Frame | undefined, shown: Shown): Json {
  if (typeof value !== "object" || value === null) return value;
  const rest = Object.entries(value)
    .filter(([name]) => !isHidden(frame, name) || shownAt(shown, name))
    .map(([name, item]) => [name, seen(item as Json, frameAt(frame, name), shownAt(shown, name))] as const);
  return isArray(value) ? rest.map(([, item]) => item) : Object.fromEntries(rest);
}
