import { createRoute } from "@hono/zod-openapi";
import { admitOperator } from "@quasarix/shared/policy/operator.ts";
import { jointView, operatorJoint } from "@quasarix/shared/wire/joints.ts";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { listJoints, listOperatorJoints } from "../store/joints.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const own = createRoute({
  method: "get",
  path: "/v1/joints",
  summary: "Joint audits that you are in: days, topics, your own share",
  description:
    "Not who else joined nor how many, and never what the audit cost: share and cost together would tell. Whoever can guess the " +
    "cost can still guess from an equal share how many joined. Names are there once every joiner has signed a `joint` with `names`.",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(jointView)),
});

const all = createRoute({
  method: "get",
  path: "/v1/operator/joints",
  summary: "Joint audits with their joiners and shares, for whoever sends the invoices. The operator's alone",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(operatorJoint)),
});

export function joints(app: Api): void {
  app.openapi(own, async (c) => {
    const page = await readPage(c, {
      filter: ["joints"],
      query: c.req.valid("query"),
      read: (after, limit) => listJoints(c.var.db, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  app.openapi(all, async (c) => {
    const scope = admitOperator(c.var.principal);
    if (!scope) return refuse(c, noSuchRecord("operator:inspect"));
    const page = await readPage(c, {
      filter: ["operator-joints"],
      query: c.req.valid("query"),
      read: (after, limit) => listOperatorJoints(c.var.db, scope, after, limit),
      positionOf: ({ index }) => index,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}
