import { createRoute } from "@hono/zod-openapi";
import { pageOf } from "@quasarix/shared/wire/registry.ts";
import { grantListQuery, grantView } from "@quasarix/shared/wire/sharing.ts";
import { listGrants } from "../store/own-lists.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { refuse } from "./refuse.ts";

const grants = createRoute({
  method: "get",
  path: "/v1/grants",
  summary: "Grants that you gave or received",
  security: signed,
  request: { query: grantListQuery },
  responses: answers(pageOf(grantView)),
});

/** Lists that hold nothing but the asker's own, so that there is nothing to refuse. */
export function ownLists(app: Api): void {
  app.openapi(grants, async (c) => {
    const query = c.req.valid("query");
    const page = await readPage(c, {
      filter: ["grants", query.side],
      query,
      read: (after, limit) => listGrants(c.var.db, c.var.principal, query.side, after, limit),
      positionOf: ({ index }) => index,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}
