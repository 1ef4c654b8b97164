import { createRoute } from "@hono/zod-openapi";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { consentView, rulebookView, rulebookViewOf, termsView } from "@quasarix/shared/wire/rulebook.ts";
import { listConsents, listTerms } from "../store/own-terms.ts";
import { readRulebook } from "../store/rulebook.ts";
import type { Api } from "./app.ts";
import { readPage } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";
import { refuse } from "./refuse.ts";

const rulebook = createRoute({
  method: "get",
  path: "/v1/rulebook",
  summary: "The rules in force, the purposes a reading may have, and the presets of sections. Open to all",
  responses: answers(rulebookView),
});

const consents = createRoute({
  method: "get",
  path: "/v1/consents",
  summary: "What you consented to share of audits that you paid for",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(consentView)),
});

const terms = createRoute({
  method: "get",
  path: "/v1/terms",
  summary: "The pools whose terms you signed for your sites",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(termsView)),
});

export function rulebooks(app: Api): void {
  app.openapi(rulebook, async (c) => {
    const { statement, ...claims } = await readRulebook(c.var.db);
    return c.json(rulebookViewOf(statement, claims), 200);
  });
  app.openapi(consents, async (c) => {
    const page = await readPage(c, {
      filter: ["consents"],
      query: c.req.valid("query"),
      read: (after, limit) => listConsents(c.var.db, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  app.openapi(terms, async (c) => {
    const page = await readPage(c, {
      filter: ["terms"],
      query: c.req.valid("query"),
      read: (after, limit) => listTerms(c.var.db, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: ({ view }) => view,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
}
