import { createRoute } from "@hono/zod-openapi";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { grantListQuery, grantView, receiptView } from "@quasarix/shared/wire/sharing.ts";
import { listGrants, listReceipts } from "../store/own-lists.ts";
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

const receipts = createRoute({
  method: "get",
  path: "/v1/receipts",
  summary: "Who read audits of your sites: your own hash chain of receipts",
  description: "A member's own looks at what it submitted stand in the member's chain, not in the supplier's.",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(receiptView)),
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
  app.openapi(receipts, async (c) => {
    const page = await readPage(c, {
      filter: ["receipts"],
      query: c.req.valid("query"),
      read: (after, limit) => listReceipts(c.var.db, c.var.principal, after, limit),
      positionOf: ({ seq }) => seq,
      show: (receipt) => receipt,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}
