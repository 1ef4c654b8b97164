import { fromBase64url } from "@quasarix/shared/base64.ts";
import { fromUtf8 } from "@quasarix/shared/bytes.ts";

/** What may stand for log material: hashes, nonces, signatures, proofs, and the JSON of a statement's parts. */
const RUN = /[A-Za-z0-9+/_-]{22,}={0,2}/g;

/** Members of JSON that hold log material. Any other is the same in both worlds: a tag, a cursor, a text of ours. */
const MATERIAL = new Set([
  ...["audit", "grant", "request", "answer", "because", "statement", "statementHash", "hash", "prev", "commitment"],
  ...["header", "nonce", "note", "proof", "presentation", "root", "sig", "re", "path", "lastCheckpoint"],
  ...["_sd", "...", "jti"],
]);

/** Words of ours and ids: never log material. */
const PLAIN = /^([a-z/_-]+|(org|site)_.*)$/;

function jsonOf(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

/** What a run of base64url stands for, where that is JSON. */
const jsonIn = (run: string): string | null => {
  const text = /^(ey|W)/.test(run) ? fromUtf8(fromBase64url(run) ?? new Uint8Array(0)) : null;
  return text !== null && /^[[{]/.test(text) ? text : null;
};

/**
 * Compares what two worlds showed to one reader, over everything that it fetched: the same bytes, but that a hash, nonce
 * or signature of one world may stand for another of its length in the other world, always for the same one.
 */
export class Alike {
  /** Ids, kids and keys: these are nobody's log material. */
  readonly #names: ReadonlySet<string>;
  readonly #there = new Map<string, string>();
  readonly #back = new Map<string, string>();

  constructor(names: Iterable<string>) {
    this.#names = new Set(names);
  }

  /** The first place where two bodies differ, as a person can read it; null where none does. */
  difference(a: string, b: string): string | null {
    if (a === b) return null;
    const [jsonA, jsonB] = [jsonOf(a), jsonOf(b)];
    return jsonA && jsonB ? this.#values(jsonA.value, jsonB.value, "") : this.#texts(a, b);
  }

  #values(a: unknown, b: unknown, member: string): string | null {
    if (typeof a === "string" && typeof b === "string" && MATERIAL.has(member)) return this.#texts(a, b);
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null)
      return a === b ? null : `${member}: ${a} against ${b}`;
    const [inA, inB] = [Object.entries(a), Object.entries(b)];
    if (`${inA.map(([key]) => key)}` !== `${inB.map(([key]) => key)}`)
      return near(JSON.stringify(a), JSON.stringify(b));
    for (const [i, [key, value]] of inA.entries()) {
      const found = this.#values(value, inB[i]?.[1], Array.isArray(a) ? member : key);
      if (found !== null) return found;
    }
    return null;
  }

  #texts(a: string, b: string): string | null {
    if (a === b) return null;
    const [inA, inB] = [a.match(RUN) ?? [], b.match(RUN) ?? []];
    const [restA, restB] = [a, b].map((text) => text.replaceAll(RUN, "<>"));
    if (restA !== restB) return near(restA as string, restB as string);
    for (const [i, run] of inA.entries()) {
      const found = this.#runs(run, inB[i] as string);
      if (found !== null) return found;
    }
    return null;
  }

  #runs(a: string, b: string): string | null {
    const [jsonA, jsonB] = [jsonIn(a), jsonIn(b)];
    if (jsonA !== null && jsonB !== null) return this.difference(jsonA, jsonB);
    const isNamed = [a, b].some((run) => this.#names.has(run) || PLAIN.test(run));
    if (a !== b && (a.length !== b.length || isNamed)) return `${a} against ${b}`;
    if ((this.#there.get(a) ?? b) !== b || (this.#back.get(b) ?? a) !== a)
      return `${a} against ${b}, which stood for another before`;
    this.#there.set(a, b);
    this.#back.set(b, a);
    return null;
  }
}

function near(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at]) at++;
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
  return `…${around(a)}… against …${around(b)}…`;
}
