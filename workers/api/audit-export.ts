import { createRoute } from "@hono/zod-openapi";
import type { WalkLine } from "@quasarix/shared/log/dossier.ts";
import { exportOf, formatExport } from "@quasarix/shared/statement/export.ts";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import { auditQuery } from "@quasarix/shared/wire/sharing.ts";
import { JSON_LINES } from "@quasarix/shared/wire/statement.ts";
import * as z from "zod";
import { walkRows } from "../store/dossiers.ts";
import { readResponses } from "../store/responses.ts";
import type { Api } from "./app.ts";
import { readOne } from "./audits.ts";
import { bundlesOf } from "./bundle.ts";
import type { ApiContext } from "./context.ts";
import { walkLineOf, walkScopeOf } from "./dossiers.ts";
import { problems, signed } from "./problem-responses.ts";
import { refuse } from "./refuse.ts";

const route = createRoute({
  method: "get",
  path: "/v1/audits/{id}/export",
  summary: "An audit with its replies, disputes and corrections, as a file that anyone can verify offline (FORMATS 5)",
  description: "With the header walk of the site's dossier where that is open to you and has 10,000 lines at most.",
  security: signed,
  request: { params: z.object({ id: hashText.describe("statementHash of the audit") }), query: auditQuery },
  responses: {
    200: {
      description: "A .quasarix.jsonl: its exact bytes are what is verified",
      content: { [JSON_LINES]: { schema: z.looseObject({}).meta({ id: "ExportLine" }) } },
    },
    ...problems,
  },
});

export function auditExport(app: Api): void {
  app.openapi(route, async (c) => {
    const read = await readOne(c, c.req.valid("param").id, c.req.valid("query"));
    if (!read.ok) return refuse(c, read.failure);
    const responses = await readResponses(c.var, read.value.scope);
    const made = await bundlesOf(c, [read.value, ...responses]);
    if (!made.ok) return refuse(c, made.failure);
    const { bundles, size } = made.value;
    const file = formatExport(exportOf(bundles, await walkBelow(c, read.value.scope.site, size)));
    return c.body(file, 200, { "Content-Type": JSON_LINES }) as never;
  });
}

const LONGEST_WALK = 10_000;

/** What the checkpoint of this size holds of a dossier; empty without a right to it. A walk that is cut short is none. */
async function walkBelow(c: ApiContext, subject: string, size: number): Promise<WalkLine[]> {
  const scope = await walkScopeOf(c, subject);
  if (!scope) return [];
  const rows = await walkRows(c.var.db, scope, -1, LONGEST_WALK + 1);
  if (rows.length > LONGEST_WALK) return [];
  const K = c.var.vault.dossierKey(subject);
  return rows.filter(({ index }) => index < size).map((row) => walkLineOf(K, subject, row));
}
