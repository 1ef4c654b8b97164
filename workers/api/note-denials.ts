import { deniedAttempts } from "@quasarix/shared/policy/denied.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { MiddlewareHandler } from "hono";
import { noteDenials } from "../store/denials.ts";
import type { ApiEnv, ApiPorts } from "./context.ts";
import { bugLine } from "./request-log.ts";

/**
 * What a signed caller was not permitted is in the operator's log (DESIGN 8). Behind the answer: it is no slower for it,
 * and takes as long whether there is such a record or not. Of whom nobody knows, the structured log alone speaks.
 */
export const noteDenied =
  (ports: Pick<ApiPorts, "writeLog">): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    await next();
    const by = c.get("principal");
    const failure: Failure | undefined = c.get("failure");
    const attempts = deniedAttempts([...(failure ? [failure] : []), ...(c.get("refusedLines") ?? [])]);
    if (!by || attempts.length === 0) return;
    const { db, requestId, now } = c.var;
    const noted = noteDenials(db, by.org, attempts, now());
    c.executionCtx.waitUntil(noted.catch((error: Error) => ports.writeLog(bugLine(requestId, error))));
  };
