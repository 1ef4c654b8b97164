import { createRoute } from "@hono/zod-openapi";
import { CATALOGUE } from "@quasarix/shared/audit/scheme/catalogue.ts";
import { evaluate } from "@quasarix/shared/duplicate/evaluate.ts";
import { decide } from "@quasarix/shared/policy/decide.ts";
import type { Purpose } from "@quasarix/shared/policy/purposes.ts";
import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import {
  type EvaluationsView,
  evaluateBody,
  evaluationsView,
  evaluationViewOf,
} from "@quasarix/shared/wire/evaluate.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import type { PolicyView } from "@quasarix/shared/wire/policies.ts";
import type * as z from "zod";
import { loadAuditFacts } from "../store/audit-facts.ts";
import { readExistence } from "../store/existence.ts";
import { findPolicy } from "../store/policies.ts";
import type { Api } from "./app.ts";
import { listOpenOf, sitesOf } from "./audit-list.ts";
import type { ApiContext } from "./context.ts";
import { deskOf } from "./desk.ts";
import { jsonBody } from "./json-body.ts";
import { answers, signed } from "./problem-responses.ts";
import { rawRoute } from "./raw-route.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const route = createRoute({
  method: "post",
  path: "/v1/evaluate",
  summary: "Whether audits do in place of your own, by an acceptance policy, from existence facts alone",
  description:
    "Reads nothing but existence facts that are open to you, and leaves no receipt. Reasons are the same sentences for buyer and " +
    "supplier. With scores and findings that you were granted, the command line evaluates on your side.",
  security: signed,
  request: { body: { required: true, content: { "application/json": { schema: evaluateBody } } } },
  responses: answers(evaluationsView),
});

/** Of one site, the first so many that are open. */
const MOST = 500;

export function evaluations(app: Api): void {
  rawRoute(app, route, async (c) => {
    const body = jsonBody(c, evaluateBody);
    if (!body.ok) return refuse(c, body.failure);
    const asked = body.value;
    const policy = await policyFor(c, asked.policy ?? null);
    if (!policy.ok) return refuse(c, policy.failure);
    const scopes = await scopesOf(c, asked);
    if (!scopes.ok) return refuse(c, scopes.failure);
    const today = new Date(c.var.now()).toISOString().slice(0, 10);
    const audits = await readExistence(c.var.db, scopes.value);
    const items = audits.map(({ audit, ...facts }) =>
      evaluationViewOf(audit, evaluate(policy.value.accepts, facts, today)),
    );
    const { policy: hash, version: policyVersion } = policy.value;
    const view: EvaluationsView = { policy: hash, policyVersion, catalogue: CATALOGUE.version, today, items };
    return c.json(view, 200);
  });
}

type Asked = z.output<typeof evaluateBody>;

async function policyFor(c: ApiContext, hash: string | null): Promise<Result<PolicyView, Failure>> {
  const found = await findPolicy(c.var.db, c.var.principal, hash);
  if (found) return ok(found);
  if (hash !== null) return fail(noSuchRecord("policy:read"));
  const message = "you have published no policy yet: name one that is shown to you, or publish one";
  return fail({ reason: "invalid-input", places: [{ pointer: "/policy", message }] });
}

/** All or none: which of the audits it was that is not open is not said. */
async function ofAudits(
  c: ApiContext,
  audits: readonly string[],
  purpose: Purpose,
): Promise<Result<ReadScope[], Failure>> {
  const { principal, db, now } = c.var;
  const ask = { principal, purpose, sections: null, asSubmitter: false };
  const facts = await loadAuditFacts(db, deskOf(c.env).origin, principal, audits, now());
  const scopes: ReadScope[] = [];
  for (const audit of audits) {
    const known = facts.get(audit);
    const { scope } = known ? decide(known, ask, now()) : { scope: null };
    if (!scope?.sections.includes("existence")) return fail(noSuchRecord("audit:read"));
    scopes.push(scope);
  }
  return ok(scopes);
}

/** A facility's that are open to the asker, whatever id they were filed under; none where there is no such site, as where nothing is open. */
async function scopesOf(c: ApiContext, { audits, site, purpose }: Asked): Promise<Result<ReadScope[], Failure>> {
  if (site === undefined) return ofAudits(c, audits ?? [], purpose);
  const open = await listOpenOf(c, purpose, await sitesOf(c, site, true), -1, MOST);
  return ok(open.map(({ scope }) => scope));
}
