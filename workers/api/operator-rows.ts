import { createRoute } from "@hono/zod-openapi";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { entryKeys } from "@quasarix/shared/log/entry.ts";
import { admitOperator } from "@quasarix/shared/policy/operator.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import { type OperatorRow, operatorRows } from "@quasarix/shared/wire/dossier.ts";
import * as z from "zod";
import { listPlaced, type PlacedRow } from "../store/operator-rows.ts";
import type { Vault } from "../store/vault.ts";
import type { Api } from "./app.ts";
import { answers, signed } from "./problem-responses.ts";
import { headerOf } from "./proof.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const route = createRoute({
  method: "get",
  path: "/v1/operator/rows",
  summary: "For fsck: what the database holds at each log index. The operator's alone; no section's content",
  security: signed,
  request: {
    query: z.object({
      after: z.coerce.number().int().min(-1).default(-1),
      limit: z.coerce.number().int().min(1).max(1000).default(1000),
    }),
  },
  responses: answers(operatorRows),
});

export function operatorRowList(app: Api): void {
  app.openapi(route, async (c) => {
    const scope = admitOperator(c.var.principal);
    if (!scope) return refuse(c, noSuchRecord("operator:inspect"));
    const { after, limit } = c.req.valid("query");
    const { rows, staged } = await listPlaced(c.var.db, scope, after, limit + 1);
    const next = rows.length > limit ? (rows[limit - 1]?.index ?? null) : null;
    return c.json({ rows: rows.slice(0, limit).map((row) => rowOf(c.var.vault, row)), next, staged }, 200);
  });
}

const rowOf = (vault: Vault, row: PlacedRow): OperatorRow => ({
  index: row.index,
  seq: row.seq,
  admittedAt: row.admittedAt,
  subject: row.subject,
  statementHash: row.hash,
  type: row.type,
  header: base64url(headerOf(row)),
  nonce: base64url(entryKeys(vault.dossierKey(row.subject), row.seq).nonce),
  bodyHash: base64url(sha256(utf8(row.jwt))),
  projected: row.projected === 1,
});
