import { createRoute } from "@hono/zod-openapi";
import { base64url } from "@quasarix/shared/base64.ts";
import type { Bytes } from "@quasarix/shared/bytes.ts";
import { entryKeys } from "@quasarix/shared/log/entry.ts";
import type { WalkScope } from "@quasarix/shared/policy/scope.ts";
import { decideWalk, walkConsortium } from "@quasarix/shared/policy/walk.ts";
import { present } from "@quasarix/shared/statement/present.ts";
import { consortiumPage, type DossierPage, dossierPage, dossierQuery } from "@quasarix/shared/wire/dossier.ts";
import * as z from "zod";
import { dossierStatements, findOpening, loadDossierFacts, type WalkRow, walkRows } from "../store/dossiers.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { answers, signed } from "./problem-responses.ts";
import { headerOf } from "./proof.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const walk = createRoute({
  method: "get",
  path: "/v1/dossiers/{subject}",
  summary: "The header walk of a dossier, with its key",
  description: "The consortium's own dossier (its id is the log's origin) is open to all, without an assertion.",
  security: signed,
  request: { params: z.object({ subject: z.string().max(200) }), query: dossierQuery },
  responses: answers(dossierPage),
});

const consortium = createRoute({
  method: "get",
  path: "/v1/consortium",
  summary: "The statements of the consortium's own dossier: organisations, sites, keys",
  request: { query: dossierQuery },
  responses: answers(consortiumPage),
});

export function dossiers(app: Api): void {
  app.openapi(walk, async (c) => {
    const { subject } = c.req.valid("param");
    const scope = await walkScopeOf(c, subject);
    if (!scope) return refuse(c, noSuchRecord("dossier:read", subject));
    const { after, limit } = c.req.valid("query");
    const [opening, rows] = await Promise.all([
      findOpening(c.var.db, scope),
      walkRows(c.var.db, scope, after, limit + 1),
    ]);
    const K = c.var.vault.dossierKey(subject);
    const page: DossierPage = {
      subject,
      K: base64url(K),
      commitment: opening?.commitment ?? null,
      opening: opening?.index ?? null,
      lines: rows.slice(0, limit).map((row) => walkLineOf(K, subject, row)),
      next: nextOf(rows, limit),
    };
    return c.json(page, 200);
  });
  app.openapi(consortium, async (c) => {
    const { after, limit } = c.req.valid("query");
    const rows = await dossierStatements(c.var.db, walkConsortium(c.env.ORIGIN), after, limit + 1);
    const statements = rows.slice(0, limit).map(({ jwt, seq, index }) => ({
      seq,
      index,
      statement: present({ jwt, disclosures: [] }),
    }));
    return c.json({ statements, next: nextOf(rows, limit) }, 200);
  });
}

export async function walkScopeOf(c: ApiContext, subject: string): Promise<WalkScope | null> {
  if (subject === c.env.ORIGIN) return walkConsortium(subject);
  return decideWalk(await loadDossierFacts(c.var.db, c.var.principal, subject), c.var.principal, c.var.now());
}

/** The `after` of the next page, where `rows` holds one more than the page. */
const nextOf = (rows: readonly { seq: number }[], limit: number): number | null =>
  rows.length > limit ? (rows[limit - 1]?.seq ?? null) : null;

/** FORMATS 2: header and nonce as the sequencer sealed them, made again from what D1 holds and K. */
export function walkLineOf(K: Bytes, subject: string, { seq, index, admittedAt, prev, hash }: WalkRow) {
  const header = headerOf({ seq, prev, hash, subject });
  return { seq, index, admittedAt, header: base64url(header), nonce: base64url(entryKeys(K, seq).nonce) };
}
