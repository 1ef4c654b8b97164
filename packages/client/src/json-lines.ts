import type { Bytes } from "@quasarix/shared/bytes.ts";
import { fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { BODY_LIMIT, JSON_LINES, LINES_LIMIT } from "@quasarix/shared/wire/statement.ts";
import type * as z from "zod";
import type { Answer } from "./refusal.ts";
import { jsonOf } from "./transport.ts";

export const linesBody = (values: readonly unknown[]) => ({
  type: JSON_LINES,
  bytes: utf8(values.map((value) => `${JSON.stringify(value)}\n`).join("")),
});

export function parseLines<T extends z.ZodType>(schema: T, bytes: Bytes, path: string): Answer<z.infer<T>[]> {
  const text = fromUtf8(bytes);
  if (text === null) return fail({ reason: "answer-form", path, detail: "not UTF-8" });
  const values: z.infer<T>[] = [];
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const read = schema.safeParse(jsonOf(line));
    if (!read.success) return fail({ reason: "answer-form", path, detail: `line ${values.length + 1}` });
    values.push(read.data);
  }
  return ok(values);
}

/** `{"statement":"` and `"}` and LF around each. Statements are ASCII, so characters are bytes. */
const FRAME = 17;

/** In order, each piece within what one request may carry (FORMATS 1.1). */
export function chunked(statements: readonly string[], most = LINES_LIMIT, limit = BODY_LIMIT): string[][] {
  const chunks: string[][] = [];
  let chunk: string[] = [];
  let size = 0;
  for (const statement of statements) {
    const length = statement.length + FRAME;
    if (chunk.length > 0 && (chunk.length === most || size + length > limit)) {
      chunks.push(chunk);
      chunk = [];
      size = 0;
    }
    chunk.push(statement);
    size += length;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}
