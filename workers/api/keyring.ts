import { createRoute } from "@hono/zod-openapi";
import { keyringTree, rowJson } from "@quasarix/shared/statement/keyring.ts";
import { keyringView } from "@quasarix/shared/wire/registry.ts";
import { newestKeyring } from "../store/keyring.ts";
import type { Api } from "./app.ts";
import { answers } from "./problem-responses.ts";
import { proofAtHead } from "./proof.ts";
import { refuse } from "./refuse.ts";

const route = createRoute({
  method: "get",
  path: "/v1/keyring",
  summary: "The newest keyring with all its rows: every member recomputes them from the consortium's statements",
  responses: answers(keyringView),
});

/** Open to all: what it says is in the consortium's dossier already. */
export function keyring(app: Api): void {
  app.openapi(route, async (c) => {
    const newest = await newestKeyring(c.var.db, c.env.ORIGIN);
    if (!newest) return refuse(c, { reason: "not-yet", retryAfter: 2 });
    const proof = await proofAtHead(c, newest.place);
    return c.json({ statement: `${newest.jwt}~`, proof, rows: keyringTree(newest.rows).rows.map(rowJson) }, 200);
  });
}
