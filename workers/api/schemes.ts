import { createRoute } from "@hono/zod-openapi";
import { schemesView, schemesViewOf } from "@quasarix/shared/wire/schemes.ts";
import type { Api } from "./app.ts";
import { answers } from "./problem-responses.ts";

const route = createRoute({
  method: "get",
  path: "/v1/schemes",
  summary: "Schemes, their scales and validities, and the crosswalk from clauses to topics. Open to all",
  responses: answers(schemesView),
});

export function schemes(app: Api): void {
  app.openapi(route, (c) => c.json(schemesViewOf(), 200));
}
