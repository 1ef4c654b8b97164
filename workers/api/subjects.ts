import { createRoute } from "@hono/zod-openapi";
import { base64url } from "@quasarix/shared/base64.ts";
import { dossierCommitment } from "@quasarix/shared/log/entry.ts";
import { decideReserve } from "@quasarix/shared/policy/reserve.ts";
import { newSubjectId } from "@quasarix/shared/wire/ids.ts";
import { reserveSubject as body, reservedSubject } from "@quasarix/shared/wire/registry.ts";
import { reserveSubject } from "../store/subjects.ts";
import type { Api } from "./app.ts";
import { jsonBody } from "./json-body.ts";
import { makes, signed } from "./problem-responses.ts";
import { rawRoute } from "./raw-route.ts";
import { refuse } from "./refuse.ts";

const reserve = createRoute({
  method: "post",
  path: "/v1/subjects",
  summary: "Reserve the id of an organisation or a site, before its opening is signed",
  security: signed,
  request: { body: { required: true, content: { "application/json": { schema: body } } } },
  responses: makes(reservedSubject),
});

export function subjects(app: Api): void {
  rawRoute(app, reserve, async (c) => {
    const asked = jsonBody(c, body);
    if (!asked.ok) return refuse(c, asked.failure);
    const { kind } = asked.value;
    const scope = decideReserve(c.var.principal, kind);
    if (!scope) return refuse(c, { reason: "not-permitted", action: "subject:reserve", why: `not for ${kind}` });
    const id = newSubjectId(kind, c.var.random);
    const K = c.var.vault.dossierKey(id);
    const commitment = base64url(dossierCommitment(K));
    await reserveSubject(c.var.db, scope, { id, commitment }, c.var.now());
    return c.json({ id, K: base64url(K), commitment }, 201);
  });
}
