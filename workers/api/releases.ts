import { createRoute } from "@hono/zod-openapi";
import { readPlan } from "@quasarix/shared/benchmark/plan-file.ts";
import { planFileKey, type Releasing, releaseFileKey } from "@quasarix/shared/benchmark/releasing.ts";
import { organisationKind } from "@quasarix/shared/registry/kinds.ts";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { cohortId, releaseView } from "@quasarix/shared/wire/releases.ts";
import { JSON_LINES } from "@quasarix/shared/wire/statement.ts";
import * as z from "zod";
import { findRelease, listReleases } from "../store/releases.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { readPage } from "./cursor.ts";
import { answers, problems, signed } from "./problem-responses.ts";
import { rawRoute } from "./raw-route.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const list = createRoute({
  method: "get",
  path: "/v1/releases",
  summary: "What was published of the pool: whole files alone, the same for everyone",
  description:
    "There is no other way to the figures: shares, margins, trends and your own place are worked out on your side.",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(releaseView)),
});

const named = z.object({ plan: hashText, cohort: cohortId });

const file = createRoute({
  method: "get",
  path: "/v1/releases/{plan}/{cohort}/file",
  summary: "A release's file, byte for byte; it never changes",
  security: signed,
  request: { params: named },
  responses: {
    200: { description: "As published", content: { "application/json": { schema: z.any() } } },
    304: { description: "You have it" },
    ...problems,
  },
});

const inputs = createRoute({
  method: "get",
  path: "/v1/releases/{plan}/{cohort}/inputs",
  summary: "What a release was made from and its secret, for an auditor that the plan names",
  security: signed,
  request: { params: named },
  responses: {
    200: { description: "JSON Lines: a head, then a site a line", content: { [JSON_LINES]: { schema: z.any() } } },
    ...problems,
  },
});

export const releasesOf = (c: ApiContext): Releasing => c.env.RELEASES.getByName(c.env.ORIGIN);

export function releases(app: Api): void {
  app.openapi(list, async (c) => {
    const page = await readPage(c, {
      filter: ["releases"],
      query: c.req.valid("query"),
      read: (after, limit) => listReleases(c.var.db, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: (release) => release,
    });
    return page.ok ? c.json(page.value, 200) : refuse(c, page.failure);
  });
  rawRoute(app, file, async (c) => {
    const asked = named.safeParse(c.req.param());
    if (!asked.success) return refuse(c, noSuchRecord("release:read"));
    const { plan, cohort } = asked.data;
    const release = await findRelease(c.var.db, c.var.principal, plan, cohort);
    return wholeFile(c, releaseFileKey(plan, cohort), release?.file ?? null);
  });
  rawRoute(app, inputs, async (c) => {
    const asked = named.safeParse(c.req.param());
    if (!asked.success || !(await isAuditor(c, asked.data.plan))) return refuse(c, noSuchRecord("release:read"));
    const lines = await releasesOf(c).inputs(asked.data.plan, asked.data.cohort);
    if (!lines) return refuse(c, noSuchRecord("release:read"));
    return c.body(lines, 200, { "Content-Type": JSON_LINES });
  });
}

/** Whoever buys or supplies gets none of it, whatever a plan says. */
async function isAuditor(c: ApiContext, plan: string): Promise<boolean> {
  const assesses = organisationKind(c.var.principal.kind)?.assesses === true;
  const kept = await c.env.RELEASE_BUCKET.get(planFileKey(plan));
  const read = kept && readPlan(new Uint8Array(await kept.arrayBuffer()));
  return assesses && read?.ok === true && read.value.auditors.includes(c.var.principal.org);
}

const FOR_EVER = "private, max-age=31536000, immutable";

/** A file that never changes, under its own hash; null: there is none, and the bucket is asked all the same. */
export async function wholeFile(c: ApiContext, key: string, hash: string | null): Promise<Response> {
  const kept = await c.env.RELEASE_BUCKET.get(key);
  const headers = { ETag: `"${hash}"`, "Cache-Control": FOR_EVER };
  const isKnown = hash !== null && c.req.header("if-none-match") === headers.ETag;
  if (kept && hash !== null && !isKnown)
    return c.body(kept.body, 200, { ...headers, "Content-Type": "application/json" });
  await kept?.body.cancel();
  return kept && isKnown ? c.body(null, 304, headers) : refuse(c, noSuchRecord("release:read"));
}
