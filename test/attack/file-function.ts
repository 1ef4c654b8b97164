import type { Ask } from "./house.ts";

/** What is public: files as they were published, and the lists of them. Written from BENCHMARKS, without a line of ours. */
export interface PublicFile {
  readonly hash: string;
  readonly text: string;
}
export interface PublicRecord {
  readonly hash: string;
  readonly index: number;
  readonly shown: unknown;
}
export interface Public {
  /** By path. */
  readonly files: ReadonlyMap<string, PublicFile>;
  /** By path: all of a list, in its order. */
  readonly lists: ReadonlyMap<string, readonly PublicRecord[]>;
  /** By path. */
  readonly records: ReadonlyMap<string, unknown>;
}

export interface Expected {
  readonly status: number;
  /** Of a file the text itself; of a list or record the value; null: there is none, or a problem. */
  readonly body: unknown;
  readonly etag: string | null;
}

const NOT_FOUND: Expected = { status: 404, body: null, etag: null };
const INVALID: Expected = { status: 422, body: null, etag: null };

/** The whole of the API of releases, as a function of the files: who asks does not come into it. */
export function expected(all: Public, { path, headers = {} }: Ask, cursors: ReadonlyMap<string, number>): Expected {
  const url = new URL(path, "https://anywhere.example");
  const name = decodeURIComponent(url.pathname);
  const file = all.files.get(name);
  if (file) return ofFile(file, headers);
  const list = all.lists.get(name);
  if (list) return ofList(list, url.searchParams, cursors);
  const record = all.records.get(name);
  return record === undefined ? NOT_FOUND : { status: 200, body: record, etag: null };
}

/** Whole, whatever part, form or language is asked for. */
function ofFile({ hash, text }: PublicFile, headers: Readonly<Record<string, string>>): Expected {
  const etag = `"${hash}"`;
  if (headers["If-None-Match"] === etag) return { status: 304, body: "", etag };
  return { status: 200, body: text, etag };
}

/** Only `limit` and `cursor` mean anything. */
function ofList(list: readonly PublicRecord[], query: URLSearchParams, cursors: ReadonlyMap<string, number>): Expected {
  const limit = Number(query.get("limit") ?? "50");
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return INVALID;
  const cursor = query.get("cursor");
  const after = cursor === null ? -1 : cursors.get(cursor);
  if (after === undefined) return INVALID;
  const rest = list.filter(({ index }) => index > after);
  const items = rest.slice(0, limit);
  return { status: 200, body: { items: items.map(({ shown }) => shown), hasNext: rest.length > limit }, etag: null };
}
