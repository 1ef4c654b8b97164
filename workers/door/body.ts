import type { Bytes } from "@quasarix/shared/bytes.ts";
import { concat } from "@quasarix/shared/bytes.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { BODY_LIMIT } from "@quasarix/shared/wire/statement.ts";

/** Bytes asked for at once. Chunks as they arrive are of 4 KiB, each a turn of the loop: 2,000 for a thousand statements. */
const STEP = 256 * 1024;

/** The whole body, once. A declared length is only a hint: the cap counts what arrives. */
export async function readBody(request: Request, limit = BODY_LIMIT): Promise<Result<Bytes, Failure>> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > limit) return fail({ reason: "too-large", limit });
  if (!request.body) return ok(new Uint8Array(0));
  const reader = (request.body as ReadableStream<Uint8Array>).getReader({ mode: "byob" });
  const step = declared > 0 ? Math.min(declared, STEP) : STEP;
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(step), { min: step });
    length += value?.length ?? 0;
    if (length > limit) {
      await reader.cancel();
      return fail({ reason: "too-large", limit });
    }
    if (value) parts.push(value);
    if (done) return ok(concat(...parts));
  }
}
