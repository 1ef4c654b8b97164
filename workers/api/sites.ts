import { createRoute } from "@hono/zod-openapi";
import { orgId, siteId } from "@quasarix/shared/wire/ids.ts";
import { pageOf, pageQuery, siteView } from "@quasarix/shared/wire/registry.ts";
import * as z from "zod";
import { findSite, listSites } from "../store/registry.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const list = createRoute({
  method: "get",
  path: "/v1/sites",
  summary: "Sites, in the order of their opening",
  security: signed,
  request: { query: pageQuery.extend({ supplier: orgId.optional() }) },
  responses: answers(pageOf(siteView)),
});

const one = createRoute({
  method: "get",
  path: "/v1/sites/{id}",
  summary: "One site",
  security: signed,
  request: { params: z.object({ id: siteId }) },
  responses: answers(siteView),
});

export function sites(app: Api): void {
  app.openapi(list, async (c) => {
    const query = c.req.valid("query");
    const page = await readPage(c, {
      filter: ["sites", query.supplier ?? ""],
      query,
      read: (after, limit) => listSites(c.var.db, c.var.principal, query.supplier ?? null, after, limit),
      positionOf: ({ index }) => index,
      show: (site) => site,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  app.openapi(one, async (c) => {
    const found = await findSite(c.var.db, c.var.principal, c.req.valid("param").id);
    return found ? c.json(found, 200) : refuse(c, noSuchRecord("registry:read"));
  });
}
