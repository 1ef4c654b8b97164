import { createRoute } from "@hono/zod-openapi";
import { base64 } from "@quasarix/shared/base64.ts";
import type { Refusing, SequencerStatus } from "@quasarix/shared/log/append.ts";
import { health as view } from "@quasarix/shared/wire/health.ts";
import type { Api } from "./app.ts";
import { sequencerOf } from "./sequencer.ts";

const schema = { content: { "application/json": { schema: view } } };

const health = createRoute({
  method: "get",
  path: "/health",
  summary: "Whether the log signs, and how far it has come",
  responses: {
    200: { description: "The log signs", ...schema },
    503: { description: "The log refuses to sign; `refusing` says why", ...schema },
  },
});

export function healthCheck(app: Api): void {
  app.openapi(health, async (c) => {
    const status = await sequencerOf(c.env).status();
    c.header("Cache-Control", "no-store");
    return c.json(healthOf(status, c.var.now()), status.refusing === null ? 200 : 503);
  });
}

const healthOf = (status: SequencerStatus, now: number) => ({
  log: { size: status.size, root: base64(status.root) },
  published: { size: status.published, ageMs: ageOf(status.publishedAt, now) },
  outbox: { entries: status.outbox, ageMs: ageOf(status.oldestOutbox, now) },
  waiting: status.waiting,
  refusing: status.refusing && whyOf(status.refusing),
});

const ageOf = (at: number | null, now: number): number | null => (at === null ? null : Math.max(0, now - at));

const whyOf = (refusing: Refusing): string =>
  refusing.reason === "smaller-past"
    ? `the ${refusing.where} log has size ${refusing.theirs}, ours has ${refusing.ours} or another root`
    : `the right edge of size ${refusing.ours} does not lead to its root`;
