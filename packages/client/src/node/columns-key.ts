import { randomBytes } from "node:crypto";
import path from "node:path";
import { fromBase64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import { isExposed, readText, writePrivate } from "./private-file.ts";

const fileOf = (home: string, handle: string): string => path.join(home, "columns", `${handle}.key`);

export type ColumnsKeyRefusal = "readable-by-others" | "not-a-key";

/** The text that a colleague takes over: 32 bytes, base64url. */
export const isKeyText = (text: string): boolean => fromBase64url(text)?.length === 32;

/** The key of an identity's private columns, 0600; null where none was made or taken over yet. */
export async function readColumnsKey(home: string, handle: string): Promise<Result<string | null, ColumnsKeyRefusal>> {
  const file = fileOf(home, handle);
  const text = (await readText(file))?.trim() ?? null;
  if (text === null) return ok(null);
  if (await isExposed(file)) return fail("readable-by-others");
  return isKeyText(text) ? ok(text) : fail("not-a-key");
}

export const writeColumnsKey = (home: string, handle: string, text: string): Promise<void> =>
  writePrivate(fileOf(home, handle), `${text}\n`);

/** Made on first use. Whoever loses it has lost the columns: nobody else holds it. */
export async function columnsKey(home: string, handle: string): Promise<Result<Bytes, ColumnsKeyRefusal>> {
  const kept = await readColumnsKey(home, handle);
  if (!kept.ok) return kept;
  const text = kept.value ?? randomBytes(32).toString("base64url");
  if (kept.value === null) await writeColumnsKey(home, handle, text);
  return ok(fromBase64url(text) as Bytes);
}
