import type { Bytes } from "@quasarix/shared/bytes.ts";
import { concat } from "@quasarix/shared/bytes.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { BODY_LIMIT } from "@quasarix/shared/wire/statement.ts";

/** The whole body, once. A declared length is only a hint: the cap counts what arrives. */
export async function readBody(request: Request, limit = BODY_LIMIT): Promise<Result<Bytes, Failure>> {
  if (Number(request.headers.get("content-length") ?? 0) > limit) return fail({ reason: "too-large", limit });
  if (!request.body) return ok(new Uint8Array(0));
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body as ReadableStream<Uint8Array>) {
    length += part.length;
    if (length > limit) return fail({ reason: "too-large", limit });
    parts.push(part);
  }
  return ok(concat(...parts));
}
