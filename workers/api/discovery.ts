import { createRoute } from "@hono/zod-openapi";
import { lookUpView, withdrawalView } from "@quasarix/shared/wire/overlap.ts";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { listLookUps } from "../store/look-ups.ts";
import { listWithdrawals } from "../store/withdrawals.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { refuse } from "./refuse.ts";

const withdrawals = createRoute({
  method: "get",
  path: "/v1/discovery",
  summary: "The sites that you took out of discovery, and those that you put back",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(withdrawalView)),
});

const lookUps = createRoute({
  method: "get",
  path: "/v1/look-ups",
  summary:
    "How often members asked whether there is an audit of your sites, by quarter; without names, batch by batch, from five active members on",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(lookUpView)),
});

/** What a supplier sees of discovery: lists that hold nothing but its own. */
export function discovery(app: Api): void {
  app.openapi(withdrawals, async (c) => {
    const page = await readPage(c, {
      filter: ["discovery"],
      query: c.req.valid("query"),
      read: (after, limit) => listWithdrawals(c.var.db, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  app.openapi(lookUps, async (c) => {
    const page = await readPage(c, {
      filter: ["look-ups"],
      query: c.req.valid("query"),
      read: (after, limit) => listLookUps(c.var.db, c.var.principal, after, limit),
      positionOf: ({ position }) => position,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}
