import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { MiddlewareHandler } from "hono";
import type { ApiContext, ApiEnv, AtDoor, Door } from "./context.ts";
import { isOpen } from "./open.ts";
import { refuse } from "./refuse.ts";

/** Founding and first keys are some kilobytes; nobody who has not signed makes us hold more. */
const STRANGERS_LIMIT = 1_048_576;

/** Any block wins (DESIGN 8), and before a route runs. */
const SUSPENDED: Failure = { reason: "not-permitted", action: "registry:read", why: "suspended" };

/** Nobody passes to a route under `/v1` without a principal, but to the few of open.ts. */
export const atTheDoor =
  (door: Door): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    c.header("Cache-Control", "no-store");
    if (isOpen(c.req.method, c.req.path, c.env.ORIGIN)) {
      const body = await door.readBody(c.req.raw, STRANGERS_LIMIT);
      if (!body.ok) return refuse(c, body.failure);
      keepBody(c, body.value);
      return next();
    }
    const passed = await door.pass(atDoor(c), c.req.raw);
    if (!passed.ok) return refuse(c, passed.failure);
    c.set("principal", passed.value.principal);
    if (passed.value.principal.suspended) return refuse(c, SUSPENDED);
    keepBody(c, passed.value.body);
    return next();
  };

const atDoor = (c: ApiContext): AtDoor => ({
  db: c.var.db,
  replay: c.env.REPLAY,
  verify: c.var.verify,
  now: c.var.now,
  origin: c.env.API_ORIGIN ?? null,
});

/** The stream is read; whoever asks hono for the body gets the same bytes. */
function keepBody(c: ApiContext, body: ApiEnv["Variables"]["body"]): void {
  c.set("body", body);
  (c.req.bodyCache as unknown as { arrayBuffer: Promise<ArrayBuffer> }).arrayBuffer = Promise.resolve(body.buffer);
}
