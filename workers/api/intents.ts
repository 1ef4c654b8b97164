import { createRoute } from "@hono/zod-openapi";
import { intentClaims } from "@quasarix/shared/duplicate/intent.ts";
import { answerTo, hearingOf, type IntendedFacts } from "@quasarix/shared/policy/intended.ts";
import { claimsOf } from "@quasarix/shared/policy/own-claims.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { parseStatement, type Statement } from "@quasarix/shared/statement/statement.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { hashText } from "@quasarix/shared/wire/ids.ts";
import { type IntentView, intentMade, intentView } from "@quasarix/shared/wire/intents.ts";
import { pageOf, pageQuery } from "@quasarix/shared/wire/registry.ts";
import { statementLine } from "@quasarix/shared/wire/statement.ts";
import * as z from "zod";
import { type HearPorts, hear } from "../store/intended-facts.ts";
import { findIntent, listIntents, type OwnIntent } from "../store/intents.ts";
import { accept } from "./accept.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { readPage } from "./cursor.ts";
import { jsonBody } from "./json-body.ts";
import { answers, makes, signed } from "./problem-responses.ts";
import { rawRoute } from "./raw-route.ts";
import { noSuchRecord, refuse } from "./refuse.ts";
import { acceptPorts } from "./statements.ts";

const add = createRoute({
  method: "post",
  path: "/v1/intents",
  summary: "Before you order an audit: is there a usable one, or one that is planned?",
  description:
    "Takes your signed `intent` into the log, as `POST /v1/statements` does, and answers as of the last closed discovery batch. " +
    "Where an audit covers the need it is refused with 409 unless it says `anyway` with a reason, which nobody but you reads. " +
    "For sites on your own list alone; 200 intents a quarter, those that were refused so among them. Another's scheme or topic " +
    "outside the public catalogue is `proprietary`, and is found by no other name.",
  security: signed,
  request: { body: { required: true, content: { "application/json": { schema: statementLine } } } },
  responses: makes(intentMade),
});

const list = createRoute({
  method: "get",
  path: "/v1/intents",
  summary: "Your own intents, each with its answer as of now",
  security: signed,
  request: { query: pageQuery },
  responses: answers(pageOf(intentView)),
});

const one = createRoute({
  method: "get",
  path: "/v1/intents/{hash}",
  summary: "One intent of yours, with its answer as of now",
  security: signed,
  request: { params: z.object({ hash: hashText }) },
  responses: answers(intentView),
});

export function intents(app: Api): void {
  rawRoute(app, add, async (c) => {
    const line = jsonBody(c, statementLine);
    if (!line.ok) return refuse(c, line.failure);
    const said = intentIn(line.value.statement);
    if (!said.ok) return refuse(c, said.failure);
    const [accepted] = await accept(acceptPorts(c), { org: c.var.principal.org }, [line.value.statement]);
    if (!accepted) throw new Error("one statement has one answer");
    if (!accepted.ok) return refuse(c, accepted.failure);
    const need = intentClaims.parse(claimsOf(said.value));
    const heard = await hear(hearPorts(c), c.var.principal, { sites: [need.site] });
    return c.json({ receipt: accepted.value, answer: answerTo(need, hearingOf(heard, need.site), heard) }, 201);
  });
  app.openapi(list, async (c) => {
    const page = await readPage(c, {
      filter: ["intents"],
      query: c.req.valid("query"),
      read: (after, limit) => listIntents(c.var.db, c.var.principal, after, limit),
      positionOf: ({ index }) => index,
      show: (own) => own,
    });
    if (!page.ok) return refuse(c, page.failure);
    return c.json({ ...page.value, items: await answered(c, page.value.items) }, 200);
  });
  app.openapi(one, async (c) => {
    const hash = c.req.valid("param").hash;
    const own = await findIntent(c.var.db, c.var.principal, hash);
    // The same look-ups whether there is one or not.
    const [view] = await answered(c, own ? [own] : []);
    return view ? c.json(view, 200) : refuse(c, noSuchRecord("statement:read", hash));
  });
}

const hearPorts = (c: ApiContext): HearPorts => ({
  db: c.var.db,
  origin: c.env.ORIGIN,
  planKey: c.var.vault.planKey(),
  now: c.var.now(),
});

function intentIn(text: string): Result<Statement, Failure> {
  const parsed = parseStatement(text);
  if (!parsed.ok) {
    const { step, reason: why } = parsed.failure;
    return fail({ reason: "invalid-statement", step, why });
  }
  const isIntent = parsed.value.row.type === "intent";
  return isIntent ? ok(parsed.value) : fail({ reason: "invalid-statement", step: "admission", why: "not-an-intent" });
}

async function answered(c: ApiContext, own: readonly OwnIntent[]): Promise<IntentView[]> {
  const sites = [...new Set(own.map(({ site }) => site))];
  const heard = await hear(hearPorts(c), c.var.principal, { sites });
  return own.map((it) => viewOf(it, heard));
}

function viewOf({ index: _, isChanged, isWithdrawn, ...own }: OwnIntent, heard: IntendedFacts): IntentView {
  const state = isWithdrawn ? "withdrawn" : isChanged ? "changed" : "standing";
  const hearing = hearingOf(heard, own.site);
  const plan = hearing.plans.find(({ intent }) => intent.hash === own.intent)?.plan ?? null;
  return { ...own, state, plan, answer: state === "standing" ? answerTo(own, hearing, heard) : null };
}
