import { createRoute } from "@hono/zod-openapi";
import { frameworkId } from "@quasarix/shared/benchmark/framework/framework.ts";
import {
  frameworkPage,
  frameworkQuery,
  frameworkVersionsView,
  summaryOf,
  VERSIONS_SHOWN,
} from "@quasarix/shared/wire/frameworks.ts";
import * as z from "zod";
import { frameworkVersions, listFrameworks } from "../store/frameworks.ts";
import type { Api } from "./app.ts";
import { answers } from "./problem-responses.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const list = createRoute({
  method: "get",
  path: "/v1/frameworks",
  summary: "Published versions of the consortium's benchmarks. Open to all",
  description: "In the order of the log. Publish with a statement of type `framework`; a version is never edited.",
  request: { query: frameworkQuery },
  responses: answers(frameworkPage),
});

const one = createRoute({
  method: "get",
  path: "/v1/frameworks/{id}",
  summary: "A framework whole, each version with its benchmarks and their levels. Open to all",
  request: { params: z.object({ id: frameworkId }) },
  responses: answers(frameworkVersionsView),
});

export function frameworks(app: Api): void {
  app.openapi(list, async (c) => {
    const { after, limit } = c.req.valid("query");
    const rows = await listFrameworks(c.var.db, after, limit + 1);
    const shown = rows.slice(0, limit);
    const next = rows.length > limit ? (shown.at(-1)?.index ?? null) : null;
    return c.json({ items: shown.map(summaryOf), next }, 200);
  });
  app.openapi(one, async (c) => {
    const { id } = c.req.valid("param");
    const found = await frameworkVersions(c.var.db, id, VERSIONS_SHOWN);
    if (found.length === 0) return refuse(c, noSuchRecord("registry:read", id));
    const versions = found.map(({ statement, claims }) => ({ statement, claims }));
    return c.json({ framework: id, versions }, 200);
  });
}
