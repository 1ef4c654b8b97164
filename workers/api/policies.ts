import { createRoute } from "@hono/zod-openapi";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import { policyListQuery, policyView } from "@quasarix/shared/wire/policies.ts";
import { pageOf } from "@quasarix/shared/wire/registry.ts";
import * as z from "zod";
import { findPolicy, listOwnPolicies, listShownPolicies } from "../store/policies.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const list = createRoute({
  method: "get",
  path: "/v1/policies",
  summary: "Acceptance policies: your own, or those that your buyers show you",
  description:
    "Publish with a statement of type `policy`; the newest in the log is in force. A member's policy is shown to the suppliers " +
    "whose sites it lists as current, and to no other member: without its name, unless it asked that supplier for something by name.",
  security: signed,
  request: { query: policyListQuery },
  responses: answers(pageOf(policyView)),
});

const one = createRoute({
  method: "get",
  path: "/v1/policies/{hash}",
  summary: "One acceptance policy, of your own or shown to you",
  security: signed,
  request: { params: z.object({ hash: hashText }) },
  responses: answers(policyView),
});

const LISTS = { own: listOwnPolicies, shown: listShownPolicies };

export function policies(app: Api): void {
  app.openapi(list, async (c) => {
    const query = c.req.valid("query");
    const page = await readPage(c, {
      filter: ["policies", query.side],
      query,
      read: (after, limit) => LISTS[query.side](c.var.db, c.var.principal, after, limit),
      positionOf: ({ position }) => position,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  app.openapi(one, async (c) => {
    const found = await findPolicy(c.var.db, c.var.principal, c.req.valid("param").hash);
    return found ? c.json(found, 200) : refuse(c, noSuchRecord("policy:read"));
  });
}
