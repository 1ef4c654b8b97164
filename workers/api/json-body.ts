import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { parseJson } from "@quasarix/shared/statement/json.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type * as z from "zod";
import type { ApiContext } from "./context.ts";
import { placesOf } from "./refuse.ts";

/** The body as strict JSON (no name twice, no lone surrogate, FORMATS 1) of this schema. */
export function jsonBody<T extends z.ZodType>(c: ApiContext, schema: T): Result<z.output<T>, Failure> {
  const json = parseJson(c.var.body);
  if (!json.ok)
    return fail({ reason: "invalid-input", places: [{ pointer: "", message: `not JSON: ${json.failure}` }] });
  const read = schema.safeParse(json.value);
  return read.success ? ok(read.data) : fail({ reason: "invalid-input", places: placesOf(read.error) });
}
