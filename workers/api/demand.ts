import { createRoute } from "@hono/zod-openapi";
import { demandView } from "@quasarix/shared/wire/intents.ts";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { listDemand } from "../store/demand.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { refuse } from "./refuse.ts";

const route = createRoute({
  method: "get",
  path: "/v1/demand",
  summary: "Which of your sites customers need an audit of, by when, on which topics",
  description: "As of the last closed discovery batch. No names and no numbers: one customer reads as ten do.",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(demandView)),
});

export function demand(app: Api): void {
  app.openapi(route, async (c) => {
    const ports = { db: c.var.db, planKey: c.var.vault.planKey(), now: c.var.now() };
    const page = await readPage(c, {
      filter: ["demand"],
      query: c.req.valid("query"),
      read: (after, limit) => listDemand(ports, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}
