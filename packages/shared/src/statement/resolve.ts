import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { Disclosure } from "./disclosure.ts";
import type { Json, JsonObject } from "./json.ts";
import { isArray, isObject } from "./json.ts";

export type ResolveRefusal = "digest-form" | "digest-twice" | "arity" | "name-twice" | "unreferenced";

/** An array that had elements behind digests. `owner` is the resolved object it is a member of, or null inside an array. */
export interface ListPlace {
  readonly owner: Record<string, Json> | null;
  readonly name: string;
  /** How many digests the array has, decoys included. */
  readonly digests: number;
  /** Positions, in the list of disclosures, of the elements shown. */
  readonly shown: readonly number[];
}

/** What one call of `resolve` met. */
export interface Resolved {
  readonly value: Json;
  readonly lists: readonly ListPlace[];
  /** Positions of the disclosures used. */
  readonly used: readonly number[];
}

/** A disclosure and its position among them; a digest takes it once. */
interface Given {
  readonly disclosure: Disclosure;
  readonly at: number;
  isTaken: boolean;
}

/**
 * The general disclosure resolver (RFC 9901 7.1, step 3): any payload, any nesting. What our profile adds is in
 * `sections.ts`. One resolver sees one statement, so that a digest or a disclosure in two places is noticed.
 */
export class Resolver {
  readonly #byDigest = new Map<string, Given>();
  /** Digests met that no disclosure opens. */
  readonly #closed = new Set<string>();
  #left: number;
  #lists: ListPlace[] = [];
  #used: number[] = [];
  #refusal: ResolveRefusal | null = null;

  constructor(disclosures: readonly Disclosure[]) {
    for (const [at, disclosure] of disclosures.entries())
      this.#byDigest.set(disclosure.digest, { disclosure, at, isTaken: false });
    this.#left = disclosures.length;
  }

  resolve(value: Json): Result<Resolved, ResolveRefusal> {
    this.#lists = [];
    this.#used = [];
    const resolved = this.#value(value, null, "");
    if (this.#refusal) return fail(this.#refusal);
    return ok({ value: resolved, lists: this.#lists, used: this.#used });
  }

  /** Call after the last `resolve`: a disclosure that no digest named is refused. */
  finish(): Result<true, ResolveRefusal> {
    return this.#left === 0 ? ok(true) : fail("unreferenced");
  }

  /** The walk goes on after a refusal, which costs nothing worth a second way out; the first one is kept. */
  #refuse(reason: ResolveRefusal): null {
    this.#refusal ??= reason;
    return null;
  }

  #take(digest: Json, arity: "member" | "element"): Given | null {
    if (typeof digest !== "string") return this.#refuse("digest-form");
    const found = this.#byDigest.get(digest);
    if (!found) {
      const before = this.#closed.size;
      return this.#closed.add(digest).size === before ? this.#refuse("digest-twice") : null;
    }
    if (found.isTaken) return this.#refuse("digest-twice");
    found.isTaken = true;
    if ((found.disclosure.name === null) !== (arity === "element")) return this.#refuse("arity");
    this.#left--;
    this.#used.push(found.at);
    return found;
  }

  #value(value: Json, owner: Record<string, Json> | null, name: string): Json {
    if (isArray(value)) return this.#array(value, owner, name);
    return isObject(value) ? this.#object(value) : value;
  }

  #object(object: JsonObject): Json {
    // Without a prototype, a member called `__proto__` is a member like any other.
    const resolved = Object.create(null) as Record<string, Json>;
    for (const name of Object.keys(object)) {
      if (name !== "_sd") resolved[name] = this.#value(object[name] as Json, resolved, name);
    }
    const digests = object["_sd"];
    if (digests === undefined) return resolved;
    if (!isArray(digests)) this.#refuse("digest-form");
    for (const digest of isArray(digests) ? digests : []) {
      const found = this.#take(digest, "member");
      if (!found) continue;
      const member = found.disclosure.name as string;
      if (member in resolved) this.#refuse("name-twice");
      resolved[member] = this.#value(found.disclosure.value, resolved, member);
    }
    return resolved;
  }

  #array(array: readonly Json[], owner: Record<string, Json> | null, name: string): Json {
    const resolved: Json[] = [];
    const shown: number[] = [];
    let digests = 0;
    for (const item of array) {
      if (!isObject(item) || !("..." in item)) {
        resolved.push(this.#value(item, null, ""));
        continue;
      }
      if (Object.keys(item).length !== 1) this.#refuse("digest-form");
      digests++;
      const found = this.#take(item["..."] as Json, "element");
      if (!found) continue;
      shown.push(found.at);
      resolved.push(this.#value(found.disclosure.value, null, ""));
    }
    if (digests > 0) this.#lists.push({ owner, name, digests, shown });
    return resolved;
  }
}

/** The whole of a payload at once, `_sd_alg` removed. */
export function resolve(payload: JsonObject, disclosures: readonly Disclosure[]): Result<JsonObject, ResolveRefusal> {
  const resolver = new Resolver(disclosures);
  const resolved = resolver.resolve(payload);
  if (!resolved.ok) return resolved;
  const finished = resolver.finish();
  if (!finished.ok) return finished;
  const { _sd_alg: _, ...claims } = resolved.value.value as JsonObject;
  return ok(claims);
}
