import { createRoute } from "@hono/zod-openapi";
import { admitOperator } from "@quasarix/shared/policy/operator.ts";
import { denialPage, denialQuery } from "@quasarix/shared/wire/denials.ts";
import { listDenials } from "../store/denials.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const route = createRoute({
  method: "get",
  path: "/v1/operator/denials",
  summary: "What signed callers were refused: a row a day for each kind of attempt. The operator's alone; 90 days",
  security: signed,
  request: { query: denialQuery },
  responses: answers(denialPage),
});

export function operatorDenials(app: Api): void {
  app.openapi(route, async (c) => {
    const scope = admitOperator(c.var.principal);
    if (!scope) return refuse(c, noSuchRecord("operator:inspect"));
    const query = c.req.valid("query");
    const page = await readPage(c, {
      filter: ["denials", query.org ?? "", query.day ?? ""],
      query,
      read: (after, limit) => listDenials(c.var.db, scope, query, after, limit),
      positionOf: ({ position }) => position,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}
