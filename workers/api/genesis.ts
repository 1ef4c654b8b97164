import { createRoute } from "@hono/zod-openapi";
import { base64url } from "@quasarix/shared/base64.ts";
import { dossierCommitment } from "@quasarix/shared/log/entry.ts";
import { orgId } from "@quasarix/shared/wire/ids.ts";
import { foundingFacts } from "@quasarix/shared/wire/registry.ts";
import { JSON_LINES, lineAnswer, statementLine } from "@quasarix/shared/wire/statement.ts";
import * as z from "zod";
import { foundedBy } from "../store/founding.ts";
import type { Api } from "./app.ts";
import { deskOf } from "./desk.ts";
import { found } from "./found.ts";
import { answerLines, jsonLines, readLines } from "./lines.ts";
import { problems } from "./problem-responses.ts";
import { mediaTypeOf, rawRoute } from "./raw-route.ts";
import { refuse } from "./refuse.ts";
import { acceptPorts } from "./statements.ts";

const route = createRoute({
  method: "post",
  path: "/v1/genesis",
  summary: "Found the consortium: genesis, the operator's opening, the operator's first keys",
  description: "Open to anyone until it is done once; the deployment names the only key that may sign it.",
  request: { body: { required: true, content: { [JSON_LINES]: { schema: statementLine } } } },
  responses: {
    200: { description: "JSON Lines: an answer for each line", content: { [JSON_LINES]: { schema: lineAnswer } } },
    ...problems,
  },
});

const facts = createRoute({
  method: "get",
  path: "/v1/genesis",
  summary: "What a founding has to say: for the operator's id, its dossier's commitment",
  request: { query: z.object({ operator: orgId }) },
  responses: {
    200: { description: "Until it is founded", content: { "application/json": { schema: foundingFacts } } },
    ...problems,
  },
});

export function genesis(app: Api): void {
  app.openapi(facts, async (c) => {
    const { vault, logKey, platformKid, origin } = deskOf(c.env);
    if ((await foundedBy(c.var.db, origin)) !== null) return refuse(c, { reason: "already-founded" });
    const commitment = base64url(dossierCommitment(vault.dossierKey(c.req.valid("query").operator)));
    return c.json({ origin, log: logKey.text, platform: platformKid, commitment }, 200);
  });
  rawRoute(app, route, async (c) => {
    if (mediaTypeOf(c) !== JSON_LINES) return refuse(c, { reason: "media-type" });
    const lines = readLines(c.var.body);
    if (!lines.ok) return refuse(c, lines.failure);
    const bad = lines.value.find((line) => !line.ok);
    if (bad && !bad.ok) return refuse(c, bad.failure);
    const founded = await found(
      acceptPorts(c),
      lines.value.flatMap((line) => (line.ok ? [line.value] : [])),
    );
    if (!founded.ok) return refuse(c, founded.failure);
    return jsonLines(c, await answerLines(lines.value, async () => founded.value));
  });
}
