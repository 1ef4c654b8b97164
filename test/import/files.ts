import { createReadStream, readFileSync } from "node:fs";
import path from "node:path";
import { createGunzip } from "node:zlib";
import { type ImportItem, type ImportOptions, importAudits } from "@quasarix/client/import/import.ts";
import { type Mapping, parseMapping } from "@quasarix/client/import/mapping.ts";

/** Bytes in chunks of `size`, so that lines and characters fall apart between them. */
export async function* chunksOf(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function* fileChunks(file: string): AsyncGenerator<Uint8Array> {
  const raw = createReadStream(file);
  yield* file.endsWith(".gz") ? raw.pipe(createGunzip()) : raw;
}

/** The first `lines` lines of a file, header included. */
export async function* firstLines(chunks: AsyncIterable<Uint8Array>, lines: number): AsyncGenerator<Uint8Array> {
  let left = lines;
  for await (const chunk of chunks) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
      if (--left > 0) continue;
      yield chunk.subarray(0, at + 1);
      return;
    }
    yield chunk;
  }
}

export function mappingFile(name: string): Mapping {
  const file = path.resolve(import.meta.dirname, "../../mappings", name);
  const parsed = parseMapping(readFileSync(file, "utf8"));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

export async function importAll(options: ImportOptions): Promise<ImportItem[]> {
  const items: ImportItem[] = [];
  for await (const item of importAudits(options)) items.push(item);
  return items;
}
