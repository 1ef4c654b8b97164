import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Disclosure, DisclosureRefusal } from "./disclosure.ts";
import { isHashText } from "./id.ts";
import type { Json, JsonObject } from "./json.ts";
import { isArray, isObject } from "./json.ts";
import type { ListPlace, ResolveRefusal } from "./resolve.ts";
import { Resolver } from "./resolve.ts";

export interface Section {
  readonly state: "complete" | "withheld";
  /** Values as the author meant them: lists resolved, in the order of the disclosures; the counts left out. */
  readonly members: Readonly<Record<string, Json>>;
  /** In the order in which the statement carries them. */
  readonly disclosures: readonly string[];
}

export interface Disclosed {
  readonly top: readonly Disclosure[];
  readonly sections: ReadonlyMap<string, Section>;
}

export type SectionRefusal =
  | DisclosureRefusal
  | ResolveRefusal
  | "section-form"
  | "digest-place"
  | "mixed-list"
  | "unsorted"
  | "digest-count"
  | "section-incomplete";

const MIN_DIGESTS = 4;

/** FORMATS 1: the smallest power of two >= max(4, n), so that the length says as little as it can. */
export function paddedLength(digests: number): number {
  let length = MIN_DIGESTS;
  while (length < digests) length *= 2;
  return length;
}

/** Every array of digests: their form, a padded length, strictly ascending. A digest twice is the resolver's finding. */
function checkDigests(digests: readonly Json[]): SectionRefusal | null {
  if (!digests.every(isHashText)) return "digest-form";
  if (paddedLength(digests.length) !== digests.length) return "digest-count";
  for (let i = 1; i < digests.length; i++) {
    if ((digests[i - 1] as string) > (digests[i] as string)) return "unsorted";
  }
  return null;
}

const isDigestElement = (item: Json): boolean => isObject(item) && "..." in item;

/** A disclosed value: lists of digests as members of objects, and no `_sd` that a count could not cover. */
function checkValue(value: Json, isMember: boolean): SectionRefusal | null {
  if (isArray(value)) {
    const behind = value.filter(isDigestElement);
    if (behind.length > 0) {
      if (behind.length !== value.length) return "mixed-list";
      if (!isMember || behind.some((item) => Object.keys(item as JsonObject).length !== 1)) return "digest-place";
      return checkDigests(behind.map((item) => (item as JsonObject)["..."] as Json));
    }
    return firstRefusal(value, (item) => checkValue(item, false));
  }
  if (!isObject(value)) return null;
  if ("_sd" in value || "..." in value) return "digest-place";
  return firstRefusal(Object.keys(value), (name) => checkValue(value[name] as Json, true));
}

function firstRefusal<T>(items: readonly T[], check: (item: T) => SectionRefusal | null): SectionRefusal | null {
  for (const item of items) {
    const refusal = check(item);
    if (refusal) return refusal;
  }
  return null;
}

/** A section is `{"_sd": [...]}` and nothing else. */
function checkSection(section: Json): SectionRefusal | null {
  if (!isObject(section) || Object.keys(section).length !== 1) return "section-form";
  const digests = section["_sd"];
  return isArray(digests) ? checkDigests(digests) : "section-form";
}

/** Takes the count out of the object it stands in; true when it is exactly `shown`, behind no more decoys than it needs. */
function fits(owner: Record<string, Json>, countName: string, shown: number, digests: number): boolean {
  const count = owner[countName];
  delete owner[countName];
  return count === shown && paddedLength(shown) === digests;
}

/** Elements in the order of their disclosures: the order of digests means nothing. */
function putInOrder(owner: Record<string, Json>, list: ListPlace): void {
  const elements = owner[list.name] as readonly Json[];
  const order = list.shown.map((at, i) => ({ at, value: elements[i] as Json })).sort((a, b) => a.at - b.at);
  owner[list.name] = order.map(({ value }) => value);
}

function readSection(
  section: JsonObject,
  resolver: Resolver,
  disclosures: readonly Disclosure[],
): Result<Section, SectionRefusal> {
  const resolved = resolver.resolve(section);
  if (!resolved.ok) return resolved;
  const { value, lists, used } = resolved.value;
  if (used.length === 0) return ok({ state: "withheld", members: {}, disclosures: [] });
  const members = value as Record<string, Json>;
  const shown = Object.keys(members).length;
  if (!fits(members, "members_count", shown, (section["_sd"] as readonly Json[]).length))
    return fail("section-incomplete");
  for (const list of lists) {
    if (!list.owner || !fits(list.owner, `${list.name}_count`, list.shown.length, list.digests))
      return fail("section-incomplete");
    putInOrder(list.owner, list);
  }
  const texts = [...used].sort((a, b) => a - b).map((at) => (disclosures[at] as Disclosure).text);
  return ok({ state: "complete", members, disclosures: texts });
}

/**
 * The profile around the resolver: form of every array first, then every digest and disclosure in its one place, then
 * the counts. A section that is partly open is refused.
 */
export function readSections(
  payload: JsonObject,
  disclosures: readonly Disclosure[],
): Result<Disclosed, SectionRefusal> {
  const { _sd: topDigests, sections: named = {}, ...plain } = payload;
  const refusal =
    (topDigests !== undefined ? checkSection({ _sd: topDigests }) : null) ??
    firstRefusal(Object.values(named as JsonObject), checkSection) ??
    firstRefusal(disclosures, ({ value, name }) => checkValue(value, name !== null));
  if (refusal) return fail(refusal);

  const resolver = new Resolver(disclosures);
  const top = resolver.resolve(topDigests === undefined ? {} : { ...plain, sections: null, _sd: topDigests });
  if (!top.ok) return top;
  const sections = new Map<string, Section>();
  let incomplete = false;
  for (const name of Object.keys(named as JsonObject)) {
    const section = readSection((named as JsonObject)[name] as JsonObject, resolver, disclosures);
    // A digest twice or a foreign disclosure is the graver finding: look at all sections before naming this one.
    if (section.ok) sections.set(name, section.value);
    else if (section.failure === "section-incomplete") incomplete = true;
    else return section;
  }
  const finished = resolver.finish();
  if (!finished.ok) return finished;
  if (incomplete) return fail("section-incomplete");
  const texts = [...top.value.used].sort((a, b) => a - b).map((at) => disclosures[at] as Disclosure);
  return ok({ top: texts, sections });
}
