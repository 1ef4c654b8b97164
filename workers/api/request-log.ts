import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import { primaryDb } from "../store/db.ts";
import type { ApiContext, ApiEnv, ApiPorts } from "./context.ts";
import { vaultOf } from "./vault.ts";

/** The fields our log may hold. No key, token, body, address or name of a record is among them. */
interface LogLine {
  readonly requestId: string;
  readonly trace: string | null;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly org: string | null;
  readonly reason: string | null;
  readonly why: string | null;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Gives each request its id, its ports and, where it was refused, its line in our log. */
export function requestContext(ports: ApiPorts): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const began = ports.now();
    c.set("requestId", crypto.randomUUID());
    c.set("now", ports.now);
    c.set("random", ports.random);
    c.set("verify", ports.verify);
    c.set("db", primaryDb(c.env.DB));
    c.set("vault", vaultOf(c.env));
    await next();
    c.res.headers.set("Request-Id", c.var.requestId);
    if (c.res.status >= 400) ports.writeLog(JSON.stringify(lineOf(c, ports.now() - began)));
  };
}

function lineOf(c: ApiContext, ms: number): LogLine {
  const failure: Failure | undefined = c.get("failure");
  return {
    requestId: c.var.requestId,
    trace: TRACEPARENT.exec(c.req.header("traceparent") ?? "")?.[1] ?? null,
    method: c.req.method,
    route: routePath(c, -1),
    status: c.res.status,
    ms,
    org: c.get("principal")?.org ?? null,
    reason: failure?.reason ?? null,
    why: failure && "why" in failure ? failure.why : null,
  };
}

/** A bug's name and where it happened. Its message stays out: it may quote a record. */
export function bugLine(requestId: string, error: Error): string {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return JSON.stringify({ requestId, bug: error.name, frames: frames.slice(0, 8).map((line) => line.trim()) });
}
