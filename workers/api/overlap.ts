import { createRoute } from "@hono/zod-openapi";
import type { AcceptancePolicy } from "@quasarix/shared/duplicate/acceptance.ts";
import { DETAIL_FROM, NO_BATCH, TOTALS_FROM } from "@quasarix/shared/duplicate/batch.ts";
import { ANY_NEED, type Need } from "@quasarix/shared/duplicate/covers.ts";
import { countsOf, dayOf, overlapOf, stakesOf } from "@quasarix/shared/duplicate/overlap.ts";
import { admitOperator } from "@quasarix/shared/policy/operator.ts";
import { fail, ok, type Result } from "@quasarix/shared/result.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import {
  type OverlapAsk,
  type OverlapTotals,
  type OverlapView,
  overlapAsk,
  overlapTotals,
  overlapView,
} from "@quasarix/shared/wire/overlap.ts";
import { activeMembers, lastBatch } from "../store/batches.ts";
import { type HeardAs, heardOfList, ownPolicy } from "../store/overlap.ts";
import { type Totals, totalsOf } from "../store/overlap-totals.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { jsonBody } from "./json-body.ts";
import { answers, signed } from "./problem-responses.ts";
import { rawRoute } from "./raw-route.ts";
import { noSuchRecord, refuse } from "./refuse.ts";

const ask = createRoute({
  method: "post",
  path: "/v1/overlap",
  summary: "For each site on your own list: is there a usable audit, does a member plan one, or is nothing known",
  description:
    "Answers come from statements up to the last closed discovery batch, and from your own. Whose an audit is, and how many " +
    "members have one, changes no byte. With fewer than 8 active members: yes or no, by your acceptance policy as of the batch " +
    "or, without one, by what is valid. With n members, that an audit exists narrows its source to the other n-1.",
  security: signed,
  request: { body: { required: true, content: { "application/json": { schema: overlapAsk } } } },
  responses: answers(overlapView),
});

const totals = createRoute({
  method: "get",
  path: "/v1/operator/overlap",
  summary:
    "Sums over all members' lists, as of the last batch. The operator's alone; never whose, nothing below five members",
  security: signed,
  responses: answers(overlapTotals),
});

export function overlap(app: Api): void {
  rawRoute(app, ask, async (c) => {
    if (c.var.principal.kind !== "member") return refuse(c, noSuchRecord("audit:list"));
    const asked = jsonBody(c, overlapAsk);
    if (!asked.ok) return refuse(c, asked.failure);
    const answer = await answerTo(c, asked.value);
    return answer.ok ? c.json(answer.value, 200) : refuse(c, answer.failure);
  });
  app.openapi(totals, async (c) => {
    const scope = admitOperator(c.var.principal);
    if (!scope) return refuse(c, noSuchRecord("operator:inspect"));
    const as = await heardAs(c);
    const sums = as.members < TOTALS_FROM ? null : await totalsOf(c.var.db, scope, as);
    return c.json({ asOf: as.asOf, ...(sums === null || sums.members < TOTALS_FROM ? NOTHING : sums) }, 200);
  });
}

const NOTHING: Record<keyof Totals, null> = {
  members: null,
  sites: null,
  shared: null,
  usable: null,
  audits: null,
  heldTwice: null,
};

/** The last batch, and how many members were active in it. */
async function heardAs(c: ApiContext): Promise<HeardAs & { members: number; asOf: OverlapTotals["asOf"] }> {
  const { db, now } = c.var;
  const batch = await lastBatch(db);
  const { number, closedAt, size } = batch;
  return {
    size,
    batch: number,
    day: dayOf(closedAt),
    now: now(),
    members: await activeMembers(db, size),
    asOf: { batch: number, closedAt: number === NO_BATCH.number ? null : closedAt },
  };
}

async function answerTo(c: ApiContext, asked: OverlapAsk): Promise<Result<OverlapView, Failure>> {
  const { db, principal } = c.var;
  const as = await heardAs(c);
  const isDetailed = as.members >= DETAIL_FROM;
  if (!isDetailed && Object.keys(asked).length > 0) return fail(FEW);
  const { need, by } = await needOf(c, asked, isDetailed ? Number.MAX_SAFE_INTEGER : as.size);
  const rows = overlapOf(await heardOfList(db, principal, as), {
    need,
    batchDay: as.day,
    active: as.members,
    today: dayOf(as.now),
  });
  return ok({
    asOf: as.asOf,
    detail: isDetailed ? "states" : "yes-no",
    need: by,
    counts: countsOf(rows, as.members),
    atStake: stakesOf(rows),
    sites: rows,
  });
}

/** Question after question, each a little different, would make details of yes and no. */
const FEW: Failure = {
  reason: "invalid-input",
  places: [
    {
      pointer: "",
      message: `must be empty with fewer than ${DETAIL_FROM} active members: your acceptance policy as of the batch says what you need`,
    },
  ],
};

/** What is asked for; else one's own acceptance policy as of log index `before`; else whatever is valid. */
async function needOf(
  c: ApiContext,
  { schemes = [], topics = [], maxAgeMonths }: OverlapAsk,
  before: number,
): Promise<{ need: AcceptancePolicy | Need; by: OverlapView["need"] }> {
  if (schemes.length + topics.length > 0 || maxAgeMonths !== undefined)
    return { need: { schemes, topics, ...(maxAgeMonths !== undefined && { maxAgeMonths }) }, by: "asked" };
  const policy = await ownPolicy(c.var.db, c.var.principal, before);
  return policy ? { need: policy, by: "policy" } : { need: ANY_NEED, by: "valid" };
}
