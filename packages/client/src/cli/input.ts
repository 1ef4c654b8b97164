import { createReadStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { UsageError } from "./exit.ts";

const sentenceOf = (file: string, error: unknown): UsageError => {
  const code = (error as NodeJS.ErrnoException).code;
  const why = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : String(code);
  return new UsageError(`cannot read \`${file}\`: ${why}`);
};

/** `-` is standard input. */
export async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    if (file !== "-") return new Uint8Array(await readFile(file));
    const chunks: Uint8Array[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
    return new Uint8Array(Buffer.concat(chunks));
  } catch (error) {
    throw sentenceOf(file, error);
  }
}

export const readUtf8 = async (file: string): Promise<string> => new TextDecoder().decode(await readBytes(file));

export async function readJson(file: string): Promise<unknown> {
  const text = await readUtf8(file);
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`\`${file}\` is not JSON`);
  }
}

/** Bytes of a file as they come; a name that ends in `.gz` is unpacked on the way. */
export async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  const source = file === "-" ? process.stdin : createReadStream(file);
  try {
    for await (const chunk of file.endsWith(".gz") ? unpacked(source) : source) yield chunk as Uint8Array;
  } catch (error) {
    throw sentenceOf(file, error);
  }
}

function unpacked(source: NodeJS.ReadableStream): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip();
  // `pipe` does not hand an error on, and the reader would wait for ever.
  source.on("error", (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

export async function writeOut(file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(file, bytes);
  } catch (error) {
    throw new UsageError(`cannot write \`${file}\`: ${(error as NodeJS.ErrnoException).code}`);
  }
}
