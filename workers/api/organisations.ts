import { createRoute } from "@hono/zod-openapi";
import { orgId } from "@quasarix/shared/wire/ids.ts";
import { keyView, organisationView, pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import * as z from "zod";
import { findOrganisation, listKeys, listOrganisations } from "../store/registry.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const params = z.object({ id: orgId });

const list = createRoute({
  method: "get",
  path: "/v1/organisations",
  summary: "Organisations of the consortium, in the order of their admission",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(organisationView)),
});

const one = createRoute({
  method: "get",
  path: "/v1/organisations/{id}",
  summary: "One organisation",
  security: signed,
  request: { params },
  responses: answers(organisationView),
});

const keys = createRoute({
  method: "get",
  path: "/v1/organisations/{id}/keys",
  summary: "Every key that an organisation has or had",
  security: signed,
  request: { params },
  responses: answers(z.strictObject({ items: z.array(keyView) }).meta({ id: "Keys" })),
});

export function organisations(app: Api): void {
  app.openapi(list, async (c) => {
    const page = await readPage(c, {
      filter: ["organisations"],
      query: c.req.valid("query"),
      read: (after, limit) => listOrganisations(c.var.db, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: (organisation) => organisation,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  app.openapi(one, async (c) => {
    const found = await findOrganisation(c.var.db, c.var.principal, c.req.valid("param").id);
    return found ? c.json(found, 200) : refuse(c, noSuchRecord("registry:read"));
  });
  app.openapi(keys, async (c) => {
    const items = await listKeys(c.var.db, c.var.principal, c.req.valid("param").id);
    return items.length > 0 ? c.json({ items }, 200) : refuse(c, noSuchRecord("registry:read"));
  });
}
