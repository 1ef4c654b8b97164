import { createRoute } from "@hono/zod-openapi";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import { ownStatement, submissionState } from "@quasarix/shared/wire/statement.ts";
import * as z from "zod";
import { findOwnStatement, findOwnSubmission } from "../store/own-statements.ts";
import type { Api } from "./app.ts";
import { answers, signed } from "./problem-responses.ts";
import { proofAtHead } from "./proof.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const params = z.object({ hash: hashText });

const statement = createRoute({
  method: "get",
  path: "/v1/statements/{hash}",
  summary: "A statement of your own, or a head of your receipts in your dossier: whole, with a fresh proof",
  security: signed,
  request: { params },
  responses: answers(ownStatement),
});

const submission = createRoute({
  method: "get",
  path: "/v1/submissions/{hash}",
  summary: "What became of your submission: the audit that intake issued for it",
  security: signed,
  request: { params },
  responses: answers(submissionState),
});

export function ownStatements(app: Api): void {
  app.openapi(statement, async (c) => {
    const asked = c.req.valid("param").hash;
    const row = await findOwnStatement(c.var.db, c.var.principal, asked);
    if (!row) return refuse(c, noSuchRecord("statement:read", asked));
    const { hash, index, seq, admittedAt } = row;
    const [text, proof] = await Promise.all([c.var.vault.presentAll(row), proofAtHead(c, row)]);
    return c.json({ statement: text, statementHash: hash, index, seq, admittedAt, proof }, 200);
  });
  app.openapi(submission, async (c) => {
    const asked = c.req.valid("param").hash;
    const state = await findOwnSubmission(c.var.db, c.var.principal, asked);
    return state ? c.json(state, 200) : refuse(c, noSuchRecord("statement:read", asked));
  });
}
