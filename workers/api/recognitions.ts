import { createRoute } from "@hono/zod-openapi";
import { recognitionView } from "@quasarix/shared/wire/ledger.ts";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { listRecognitions } from "../store/recognitions.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { refuse } from "./refuse.ts";

const list = createRoute({
  method: "get",
  path: "/v1/recognitions",
  summary: "The audits that you recognised in place of your own: what your ledger is made of",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(recognitionView)),
});

/** A list that holds nothing but the asker's own, so that there is nothing to refuse. */
export function recognitions(app: Api): void {
  app.openapi(list, async (c) => {
    const page = await readPage(c, {
      filter: ["recognitions"],
      query: c.req.valid("query"),
      read: (after, limit) => listRecognitions(c.var.db, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}
