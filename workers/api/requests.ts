import { createRoute } from "@hono/zod-openapi";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import { pageOf } from "@quasarix/shared/wire/registry.ts";
import { requestListQuery, requestView } from "@quasarix/shared/wire/requests.ts";
import * as z from "zod";
import { findRequest, listRequests } from "../store/requests.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const list = createRoute({
  method: "get",
  path: "/v1/requests",
  summary: "Requests for access that you sent, or that your sites received, with their answers",
  description:
    "Ask with a statement of type `request`, answer with one of type `answer`. A supplier sees the name of the member that asks, " +
    "or `a-member`, as the rulebook of that moment says; receipts name readers by their own rule. An answer changes nothing but what it opens: no answer is a default.",
  security: signed,
  request: { query: requestListQuery },
  responses: answers(pageOf(requestView)),
});

const one = createRoute({
  method: "get",
  path: "/v1/requests/{hash}",
  summary: "One request of yours, or to you",
  security: signed,
  request: { params: z.object({ hash: hashText }) },
  responses: answers(requestView),
});

export function requests(app: Api): void {
  app.openapi(list, async (c) => {
    const query = c.req.valid("query");
    const page = await readPage(c, {
      filter: ["requests", query.side],
      query,
      read: (after, limit) => listRequests(c.var.db, c.var.principal, query.side, after, limit),
      positionOf: ({ index }) => index,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  app.openapi(one, async (c) => {
    const found = await findRequest(c.var.db, c.var.principal, c.req.valid("param").hash);
    return found ? c.json(found, 200) : refuse(c, noSuchRecord("request:read"));
  });
}
