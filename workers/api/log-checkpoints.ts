import { createRoute } from "@hono/zod-openapi";
import { publishedPage } from "@quasarix/shared/wire/dossier.ts";
import * as z from "zod";
import type { Api } from "./app.ts";
import { answers } from "./problem-responses.ts";
import { sequencerOf } from "./sequencer.ts";

const checkpoints = createRoute({
  method: "get",
  path: "/v1/log/checkpoints",
  summary: "Every published checkpoint, ascending by size",
  request: {
    query: z.object({
      after: z.coerce.number().int().min(-1).default(-1).describe("The last size one has; -1 to begin"),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
  },
  responses: answers(publishedPage),
});

export function logCheckpoints(app: Api): void {
  app.openapi(checkpoints, async (c) => {
    const { after, limit } = c.req.valid("query");
    const published = await sequencerOf(c.env).published(after, limit + 1);
    const page = published.slice(0, limit).map(({ size, note }) => ({ size, note }));
    const next = published.length > limit ? (page.at(-1)?.size ?? null) : null;
    return c.json({ checkpoints: page, next }, 200);
  });
}
