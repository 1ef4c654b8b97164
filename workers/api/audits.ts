import { createRoute } from "@hono/zod-openapi";
import { type Decision, decide } from "@quasarix/shared/policy/decide.ts";
import type { Ask } from "@quasarix/shared/policy/facts.ts";
import type { ReadScope } from "@quasarix/shared/policy/scope.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import type { ResponseView } from "@quasarix/shared/wire/lifecycle.ts";
import { type AuditView, auditQuery, auditView } from "@quasarix/shared/wire/sharing.ts";
import * as z from "zod";
import { loadAuditFacts } from "../store/audit-facts.ts";
import { readLifecycles } from "../store/lifecycle.ts";
import { type Read, readWithReceipt } from "../store/read.ts";
import { writeReceipts } from "../store/receipt-chain.ts";
import { type ReadResponse, readResponses } from "../store/responses.ts";
import type { Api } from "./app.ts";
import { bundleOf } from "./bundle.ts";
import type { ApiContext } from "./context.ts";
import { deskOf } from "./desk.ts";
import { problems, signed } from "./problem-responses.ts";
import { proofAtHead } from "./proof.ts";
import { refuse } from "./refuse.ts";

const params = z.object({ id: hashText.describe("statementHash of the audit") });

const show = createRoute({
  method: "get",
  path: "/v1/audits/{id}",
  summary: "Read the sections of an audit that are open to you, with the proof that it is in the log",
  security: signed,
  request: { params, query: auditQuery },
  responses: {
    200: { description: "A presentation and its proof", content: { "application/json": { schema: auditView } } },
    ...problems,
  },
});

const bundle = createRoute({
  method: "get",
  path: "/v1/audits/{id}/bundle",
  summary: "The same as a file that anyone can verify offline (FORMATS 5)",
  security: signed,
  request: { params, query: auditQuery },
  responses: {
    200: {
      description: "A .quasarix.json: its exact bytes are what is verified",
      content: { "application/json": { schema: z.looseObject({ version: z.literal(1) }).meta({ id: "Bundle" }) } },
    },
    ...problems,
  },
});

export function audits(app: Api): void {
  app.openapi(show, async (c) => {
    const read = await readOne(c, c.req.valid("param").id, c.req.valid("query"));
    if (!read.ok) return refuse(c, read.failure);
    return c.json(await viewOf(c, read.value), 200);
  });
  app.openapi(bundle, async (c) => {
    const read = await readOne(c, c.req.valid("param").id, c.req.valid("query"));
    if (!read.ok) return refuse(c, read.failure);
    const made = await bundleOf(c, read.value);
    if (!made.ok) return refuse(c, made.failure);
    return c.body(made.value, 200, { "Content-Type": "application/json" }) as never;
  });
}

export type ReadOne = Read & { readonly scope: NonNullable<Decision["scope"]> };

async function viewOf(c: ApiContext, { presentation, place, scope }: ReadOne): Promise<AuditView> {
  const [proof, lifecycles, responses] = await Promise.all([
    proofAtHead(c, place),
    readLifecycles(c.var.db, [scope], c.var.now()),
    readResponses(c.var, scope),
  ]);
  return {
    audit: place.hash,
    presentation,
    proof,
    sections: [...scope.sections],
    because: [...scope.because],
    lifecycle: lifecycles.get(place.hash) ?? null,
    responses: await Promise.all(responses.map((one) => responseOf(c, one))),
  };
}

const responseOf = async (c: ApiContext, { type, presentation, place }: ReadResponse): Promise<ResponseView> => ({
  statement: place.hash,
  type,
  presentation,
  proof: await proofAtHead(c, place),
});

function writeReceipt(c: ApiContext, scope: ReadScope) {
  const { origin, receipts } = deskOf(c.env);
  const { db, now } = c.var;
  const write = (scopes: readonly ReadScope[]) => writeReceipts({ db, origin, now }, scopes);
  return receipts.write({ write, wait: (milliseconds) => scheduler.wait(milliseconds) }, scope);
}

/** Decide, leave a receipt, read. Facts that change in between are decided on once more. */
export async function readOne(
  c: ApiContext,
  audit: string,
  query: z.output<typeof auditQuery>,
): Promise<Result<ReadOne, Failure>> {
  const { vault, origin } = deskOf(c.env);
  const { purpose, sections = null, as } = query;
  const ask: Ask = { principal: c.var.principal, purpose, sections, asSubmitter: as === "submitter" };
  let refused: Failure = { reason: "changed-meanwhile" };
  for (let attempt = 0; attempt < 2; attempt++) {
    const facts = (await loadAuditFacts(c.var.db, origin, ask.principal, [audit], c.var.now())).get(audit);
    const { scope, denied } = facts ? decide(facts, ask, c.var.now()) : { scope: null, denied: [] };
    // Reasons without the grants they speak of: our log holds no name of a record.
    const why = denied.map((one) => one.why).join(" ");
    if (!scope) return fail({ reason: "not-permitted", action: "audit:read", why, target: audit });
    const read = await readWithReceipt({ db: c.var.db, vault, writeReceipt: (one) => writeReceipt(c, one) }, scope);
    if (read.ok) return { ok: true, value: { ...read.value, scope } };
    refused = read.failure;
    if (refused.reason !== "changed-meanwhile") break;
  }
  return fail(refused);
}
