import { createRoute } from "@hono/zod-openapi";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import { listedSite, listingQuery, listingState } from "@quasarix/shared/wire/listings.ts";
import { pageOf } from "@quasarix/shared/wire/registry.ts";
import * as z from "zod";
import { findListing, listListed } from "../store/listings.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const list = createRoute({
  method: "get",
  path: "/v1/listings",
  summary: "The sites on your own list",
  description:
    "Add to it and take off it with statements of type `listing`: signing one says that these sites supply you, or are meant to. " +
    "Nobody but you is shown who is on your list. It grows by 5,000 sites in its first quarter and by 1,000 in each later one.",
  security: signed,
  request: { query: listingQuery },
  responses: answers(pageOf(listedSite)),
});

const one = createRoute({
  method: "get",
  path: "/v1/listings/{hash}",
  summary: "What the places that your listing proposed became, once their round is over",
  security: signed,
  request: { params: z.object({ hash: hashText }) },
  responses: answers(listingState),
});

export function listings(app: Api): void {
  app.openapi(list, async (c) => {
    const page = await readPage(c, {
      filter: ["listings"],
      query: c.req.valid("query"),
      read: (after, limit) => listListed(c.var.db, c.var.principal, after, limit),
      positionOf: ({ position }) => position,
      show: ({ position: _, ...site }) => site,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  app.openapi(one, async (c) => {
    const asked = c.req.valid("param").hash;
    const state = await findListing(c.var.db, c.var.principal, asked);
    return state ? c.json(state, 200) : refuse(c, noSuchRecord("statement:read", asked));
  });
}
