import { createRoute } from "@hono/zod-openapi";
import { siteMatchAnswer, siteMatchAsk } from "@quasarix/shared/wire/site-match.ts";
import { matchPlaces } from "../store/site-match.ts";
import type { Api } from "./app.ts";
import { jsonBody } from "./json-body.ts";
import { answers, signed } from "./problem-responses.ts";
import { rawRoute } from "./raw-route.ts";
import { refuse } from "./refuse.ts";

const match = createRoute({
  method: "post",
  path: "/v1/sites/match",
  summary: "Which sites of the registry these places are, with reasons",
  description:
    "Reads and keeps nothing: what you asked for is neither stored nor shown to anyone. Only `same` is sure enough to be taken " +
    "without looking; `likely` is for a person to decide, and `unknown` comes only with an identifier that both have.",
  security: signed,
  request: { body: { required: true, content: { "application/json": { schema: siteMatchAsk } } } },
  responses: answers(siteMatchAnswer),
});

export function siteMatch(app: Api): void {
  rawRoute(app, match, async (c) => {
    const asked = jsonBody(c, siteMatchAsk);
    if (!asked.ok) return refuse(c, asked.failure);
    const matches = await matchPlaces(c.var.db, c.var.principal, asked.value.places);
    return c.json({ places: matches }, 200);
  });
}
