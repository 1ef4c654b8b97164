import { createRoute } from "@hono/zod-openapi";
import type { PlanState } from "@quasarix/shared/benchmark/releasing.ts";
import { planFileKey } from "@quasarix/shared/benchmark/releasing.ts";
import { fromUtf8 } from "@quasarix/shared/bytes.ts";
import { organisationKind } from "@quasarix/shared/registry/kinds.ts";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { proposalBody, proposalView, type ReleasePlanView, releasePlanView } from "@quasarix/shared/wire/releases.ts";
import * as z from "zod";
import { findReleasePlan, listReleasePlans, type PutPlan } from "../store/releases.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { readPage } from "./cursor.ts";
import { jsonBody } from "./json-body.ts";
import { answers, problems, signed } from "./problem-responses.ts";
import { rawRoute } from "./raw-route.ts";
import { noSuchRecord, refuse } from "./refuse.ts";
import { releasesOf, wholeFile } from "./releases.ts";

const propose = createRoute({
  method: "post",
  path: "/v1/release-plans/proposals",
  summary: "What a release plan would look like; the operator's is kept, to be put to the vote",
  description:
    "Built from who was audited and who stands behind it, never from a score. With `dryRun` for every member, and nothing is " +
    "kept. The operator puts a plan to the vote by a `release-plan` statement, members adopt it by `vote` statements.",
  security: signed,
  request: { body: { required: true, content: { "application/json": { schema: proposalBody } } } },
  responses: answers(proposalView),
});

const list = createRoute({
  method: "get",
  path: "/v1/release-plans",
  summary: "Release plans that were put to the vote, and where they stand",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(releasePlanView)),
});

const byHash = { params: z.object({ plan: hashText }) };

const one = createRoute({
  method: "get",
  path: "/v1/release-plans/{plan}",
  summary: "One release plan: its vote, and the state of its cohorts",
  security: signed,
  request: byHash,
  responses: answers(releasePlanView),
});

const file = createRoute({
  method: "get",
  path: "/v1/release-plans/{plan}/file",
  summary: "A release plan's file, byte for byte: its SHA-256 is what was voted on",
  security: signed,
  request: byHash,
  responses: {
    200: { description: "As proposed", content: { "application/json": { schema: z.any() } } },
    304: { description: "You have it" },
    ...problems,
  },
});

export function releasePlans(app: Api): void {
  rawRoute(app, propose, proposed);
  app.openapi(list, async (c) => {
    const page = await readPage(c, {
      filter: ["release-plans"],
      query: c.req.valid("query"),
      read: (after, limit) => listReleasePlans(c.var.db, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: (put) => put,
    });
    return page.ok
      ? c.json({ ...page.value, items: await viewsOf(c, page.value.items) }, 200)
      : refuse(c, page.failure);
  });
  app.openapi(one, async (c) => {
    const { plan } = c.req.valid("param");
    const put = await findReleasePlan(c.var.db, c.var.principal, plan);
    // Asked whether it was put to the vote or not.
    const [state = null] = await releasesOf(c).states([plan]);
    return put ? c.json(viewOf(put, state), 200) : refuse(c, noSuchRecord("release:read", plan));
  });
  rawRoute(app, file, async (c) => {
    const plan = hashText.safeParse(c.req.param("plan"));
    if (!plan.success) return refuse(c, noSuchRecord("release:read"));
    return wholeFile(c, planFileKey(plan.data), plan.data);
  });
}

async function proposed(c: ApiContext): Promise<Response> {
  const { isOperator, kind } = c.var.principal;
  const body = jsonBody(c, proposalBody);
  const buys = organisationKind(kind)?.buys === true;
  if (!isOperator && !buys) return refuse(c, noSuchRecord("release:propose"));
  if (!body.ok) return refuse(c, body.failure);
  if (!isOperator && body.value.dryRun !== true) return refuse(c, noSuchRecord("release:propose"));
  const { dryRun = false, ...ask } = body.value;
  const made = await releasesOf(c).propose({ ...ask, dryRun, isOperator });
  if (!made.ok) {
    const { failure } = made;
    if (failure.reason === "plan") return refuse(c, { reason: "no-plan", says: failure.says });
    return refuse(c, { reason: "invalid-input", places: [{ pointer: failure.pointer, message: failure.message }] });
  }
  const { plan, file: bytes, utility } = made.value;
  return c.json({ plan, file: fromUtf8(bytes) as string, utility }, 200);
}

const viewOf = (put: PutPlan, state: PlanState | null): ReleasePlanView => {
  if (!state) return { ...put, running: null };
  const { plan: _, ...running } = state;
  return { ...put, running: running as ReleasePlanView["running"] };
};

async function viewsOf(c: ApiContext, items: readonly PutPlan[]): Promise<ReleasePlanView[]> {
  const states = await releasesOf(c).states(items.map(({ plan }) => plan));
  return items.map((put, i) => viewOf(put, states[i] ?? null));
}
