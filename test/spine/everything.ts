import { type Document, isA, type Operation, type Schema } from "../api/fuzz-contract.ts";
import { AT, ask, tokenFor } from "../api/signed-asks.ts";
import type { Org } from "../world.ts";

/** Values to fill an address with, by the name of a parameter, on a route or anywhere. */
export type Values = Readonly<Record<string, readonly string[]>>;

/** An answer whole, but what tells one request from another. */
export interface Heard {
  readonly status: number;
  readonly headers: string;
  /** Of the body as it came, in bytes. */
  readonly size: number;
  readonly body: string;
}

/** By the request; the name leaves out what of an address may differ from world to world. */
export type Transcript = Map<string, Heard & { readonly path: string }>;

const SAMPLES = { limit: ["5", "100"], after: ["-1", "0", "1"] } as const;

/** Every path of a route, each place filled with every value it may have. Throws where it has none. */
function pathsOf(template: string, values: Values): { readonly name: string; readonly path: string }[] {
  let made = [{ name: template, path: template }];
  for (const [place, name = ""] of template.matchAll(/\{(\w+)\}/g)) {
    const known = values[`${template} ${name}`] ?? values[name];
    if (!known) throw new Error(`no value for {${name}} of ${template}: say in worlds.ts what it may be`);
    const filled = known.map((value) => (name === "path" ? value : encodeURIComponent(value)));
    made = made.flatMap((one) =>
      filled.map((value, i) => ({
        name: one.name.replace(place, `{${name} ${i}}`),
        path: one.path.replace(place, () => value),
      })),
    );
  }
  return made;
}

function choicesOf(template: string, name: string, schema: Schema, values: Values): readonly string[] {
  if (schema.enum) return schema.enum;
  if (typeof schema.const === "string") return [schema.const];
  if (name in SAMPLES) return SAMPLES[name as keyof typeof SAMPLES];
  const known = values[`${template} ${name}`] ?? values[name] ?? (isA(schema, "integer") ? ["0", "1"] : null);
  if (!known) throw new Error(`no value for ?${name}= of ${template}: say in worlds.ts what it may be`);
  return known;
}

/** What a short run tries of a list, beside what is asked by default. */
const BRIEF = /(^|&)side=/;

/** Every query: each parameter in turn with each of its values, the others absent, or their first value where they are required. */
function queriesOf(template: string, { parameters = [] }: Operation, values: Values, isLong: boolean): string[] {
  const asked = parameters.filter((one) => one.in === "query" && one.name !== "cursor");
  const all = asked.map((one) => ({ ...one, choices: choicesOf(template, one.name, one.schema, values) }));
  const first: Record<string, string> = {};
  for (const { name, required, choices } of all) if (required) first[name] = choices[0] as string;
  const text = (pairs: Record<string, string>) => new URLSearchParams(pairs).toString();
  const others = all.flatMap(({ name, choices }) => choices.map((one) => text({ ...first, [name]: one })));
  const plain = text(first);
  return [...new Set([plain, ...others.filter((query) => isLong || BRIEF.test(query))])];
}

async function hear(
  who: Org | null,
  method: string,
  path: string,
  more: Record<string, string> = {},
): Promise<Response> {
  const headers = new Headers(more);
  if (who) headers.set("Authorization", `Bearer ${await tokenFor(who.auth, who.id, { method, path })}`);
  return ask(new Request(AT + path, { method, headers }));
}

const BYTES = "application/octet-stream";

/** A bundle is entries of 57 bytes, each behind its length; after the version byte comes the time (tlog-tiles, FORMATS 2). */
const ENTRY = 59;

/** Of a tile, the length; of an entry bundle, each entry's length and time too: the rest is hashes. */
function bytesOf(path: string, bytes: Uint8Array): string {
  const times = path.includes("/entries/")
    ? Array.from({ length: bytes.length / ENTRY }, (_, i) => bytes.slice(i * ENTRY, i * ENTRY + 11).join("."))
    : [];
  return `${bytes.length} bytes ${times}`;
}

async function whole(path: string, answer: Response): Promise<Heard> {
  const id = answer.headers.get("request-id") ?? "";
  const headers = [...answer.headers].filter(([name]) => name !== "request-id" && name !== "date");
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const type = answer.headers.get("content-type") ?? "";
  const shown = { status: answer.status, headers: JSON.stringify(headers) };
  if (type === BYTES) return { ...shown, size: bytes.length, body: bytesOf(path, bytes) };
  const body = new TextDecoder().decode(bytes).replaceAll(id || "\0", "");
  // A cell that begins with a minus has a quote before it: of hashes, one in 64.
  const unquoted = type.startsWith("text/csv") ? body.replaceAll("'-", "-") : body;
  return { ...shown, size: bytes.length - (body.length - unquoted.length), body: unquoted };
}

/** Follows a list's cursor to its end; asks again with HEAD, and with its own ETag where there is one. */
async function follow(who: Org | null, name: string, path: string, withHead: boolean, seen: Transcript): Promise<void> {
  for (let page = 0, at = path; page < 500; page++) {
    const answer = await hear(who, "GET", at);
    const etag = answer.headers.get("etag");
    const heard = await whole(at, answer);
    seen.set(`GET ${name} page ${page}`, { ...heard, path: at });
    if (withHead && page === 0)
      seen.set(`HEAD ${name}`, { ...(await whole(at, await hear(who, "HEAD", at))), path: at });
    if (etag) {
      const again = await whole(at, await hear(who, "GET", at, { "If-None-Match": etag }));
      seen.set(`GET ${name} page ${page} if changed`, { ...again, path: at });
    }
    const next = heard.status === 200 ? /"next":("[^"]+"|\d+)\}$/.exec(heard.body)?.[1] : undefined;
    if (next === undefined) return;
    const parameter = next.startsWith('"') ? "cursor" : "after";
    const { pathname, searchParams } = new URL(AT + path);
    searchParams.set(parameter, JSON.parse(next) as string);
    at = `${pathname}?${searchParams}`;
  }
  throw new Error(`${path} has no end`);
}

/** Of the records that a route may name, so many are asked for with every query, the others by default. */
const WHOLE = 2;

/** Every GET of the contract with everything that a reader may put into it; `null` has no key. */
export async function everything(
  { paths }: Document,
  who: Org | null,
  values: Values,
  isLong: boolean,
): Promise<Transcript> {
  const seen: Transcript = new Map();
  for (const [template, operations] of Object.entries(paths)) {
    const operation = operations["get"];
    if (!operation) continue;
    const queries = queriesOf(template, operation, values, isLong);
    for (const [at, { name, path }] of pathsOf(template, values).entries())
      for (const [i, query] of (at < WHOLE ? queries : queries.slice(0, 1)).entries())
        await follow(who, `${name}?${query}`, query === "" ? path : `${path}?${query}`, isLong && i === 0, seen);
  }
  return seen;
}
