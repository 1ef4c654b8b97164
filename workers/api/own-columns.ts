import { createRoute } from "@hono/zod-openapi";
import { base64url } from "@quasarix/shared/base64.ts";
import { utf8 } from "@quasarix/shared/bytes.ts";
import { organisationKind } from "@quasarix/shared/registry/kinds.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { sha256 } from "@quasarix/shared/sha256.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { columnsKept, ownColumnsView, sealedColumns } from "@quasarix/shared/wire/own-columns.ts";
import * as z from "zod";
import { findOwnColumns, keepOwnColumns } from "../store/own-columns.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { jsonBody } from "./json-body.ts";
import { answers, signed } from "./problem-responses.ts";
import { rawRoute } from "./raw-route.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const path = "/v1/own-columns";

const show = createRoute({
  method: "get",
  path,
  summary: "Your private columns, as your own software sealed them",
  security: signed,
  responses: answers(ownColumnsView),
});

const keep = createRoute({
  method: "put",
  path,
  summary: "Keep your private columns: one blob that only your own software can open",
  description:
    "What you know of the sites on your list and nobody else shall: ERP number, category, owner, spend band. It is in no " +
    "statement and no log. `If-Match` with the ETag of the state that you read, or `If-None-Match: *` for the first one.",
  security: signed,
  request: {
    headers: z.object({ "if-match": z.string().optional(), "if-none-match": z.string().optional() }),
    body: { required: true, content: { "application/json": { schema: sealedColumns } } },
  },
  responses: answers(columnsKept),
});

const quoted = (etag: string): string => `"${etag}"`;

export function ownColumns(app: Api): void {
  app.openapi(show, async (c) => {
    const kept = await findOwnColumns(c.var.db, c.var.principal);
    if (!kept) return refuse(c, noSuchRecord("columns:keep"));
    c.header("ETag", quoted(kept.etag));
    return c.json(kept, 200);
  });
  rawRoute(app, keep, async (c) => {
    if (!organisationKind(c.var.principal.kind)?.buys) return refuse(c, noSuchRecord("columns:keep"));
    const replaces = replacedBy(c);
    if (!replaces.ok) return refuse(c, replaces.failure);
    const asked = jsonBody(c, sealedColumns);
    if (!asked.ok) return refuse(c, asked.failure);
    const { sealed } = asked.value;
    const etag = base64url(sha256(utf8(sealed)));
    const at = { replaces: replaces.value, now: c.var.now() };
    if (!(await keepOwnColumns(c.var.db, c.var.principal, { sealed, etag }, at)))
      return refuse(c, { reason: "precondition-failed" });
    c.header("ETag", quoted(etag));
    return c.json({ etag }, 200);
  });
}

/** The etag that the caller read; null where it read none. A blob over an unread one would lose what a colleague wrote. */
function replacedBy(c: ApiContext): Result<string | null, Failure> {
  const match = c.req.header("if-match");
  if (match !== undefined) return ok(match.replace(/^"(.*)"$/, "$1"));
  return c.req.header("if-none-match") === "*" ? ok(null) : fail({ reason: "precondition-missing" });
}
