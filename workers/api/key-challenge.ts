import { createRoute } from "@hono/zod-openapi";
import { keyChallenge } from "@quasarix/shared/registry/challenge.ts";
import { keyChallenge as view } from "@quasarix/shared/wire/registry.ts";
import type { Api } from "./app.ts";
import { cursorKey } from "./cursor.ts";
import { answers, signed } from "./problem-responses.ts";

const challenge = createRoute({
  method: "post",
  path: "/v1/keys/challenge",
  summary: "What a new key of your organisation signs to show that somebody holds it",
  security: signed,
  responses: answers(view),
});

export function keyChallenges(app: Api): void {
  app.openapi(challenge, (c) => {
    const ports = { key: cursorKey(c.env), random: c.var.random };
    return c.json(keyChallenge(ports, c.var.principal.org, c.var.now()), 200);
  });
}
