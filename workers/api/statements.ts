import { createRoute } from "@hono/zod-openapi";
import { JSON_LINES, lineAnswer, receipt, statementLine } from "@quasarix/shared/wire/statement.ts";
import { type AcceptPorts, accept } from "./accept.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { deskOf } from "./desk.ts";
import { jsonBody } from "./json-body.ts";
import { answerLines, jsonLines, readLines } from "./lines.ts";
import { problems, signed } from "./problem-responses.ts";
import { mediaTypeOf, rawRoute } from "./raw-route.ts";
import { refuse } from "./refuse.ts";

export const acceptPorts = (c: ApiContext): AcceptPorts => ({
  db: c.var.db,
  desk: deskOf(c.env),
  verify: c.var.verify,
  now: c.var.now,
});

const answers = {
  201: {
    description: "In the log. The same receipt each time the same statement is sent",
    content: { "application/json": { schema: receipt } },
  },
  200: {
    description: "JSON Lines: an answer for each line, in order",
    content: { [JSON_LINES]: { schema: lineAnswer } },
  },
  ...problems,
} as const;

const add = createRoute({
  method: "post",
  path: "/v1/statements",
  summary: "Submit a statement, or JSON Lines of up to 1,000",
  security: signed,
  request: {
    body: {
      required: true,
      content: { "application/json": { schema: statementLine }, [JSON_LINES]: { schema: statementLine } },
    },
  },
  responses: answers,
});

const addFirstKeys = createRoute({
  method: "post",
  path: "/v1/keys",
  summary: "The first keys of an organisation: self-signed, and admitted by the operator's opening",
  request: { body: { required: true, content: { [JSON_LINES]: { schema: statementLine } } } },
  responses: { 200: answers[200], ...problems },
});

/** DESIGN 5: one statement or many, each with its own receipt or problem. */
export function statements(app: Api): void {
  rawRoute(app, add, async (c) => {
    const carrier = { org: c.var.principal.org };
    const type = mediaTypeOf(c);
    if (type === JSON_LINES) return answerMany(c, carrier);
    if (type !== "application/json") return refuse(c, { reason: "media-type" });
    const line = jsonBody(c, statementLine);
    if (!line.ok) return refuse(c, line.failure);
    const [answer] = await accept(acceptPorts(c), carrier, [line.value.statement]);
    if (!answer) throw new Error("one statement has one answer");
    return answer.ok ? c.json(answer.value, 201) : refuse(c, answer.failure);
  });
  rawRoute(app, addFirstKeys, (c) =>
    mediaTypeOf(c) === JSON_LINES ? answerMany(c, "newcomer") : refuse(c, { reason: "media-type" }),
  );
}

async function answerMany(c: ApiContext, carrier: Parameters<typeof accept>[1]) {
  const lines = readLines(c.var.body);
  if (!lines.ok) return refuse(c, lines.failure);
  return jsonLines(
    c,
    await answerLines(lines.value, async (texts) => {
      const accepted = await accept(acceptPorts(c), carrier, texts);
      c.set(
        "refusedLines",
        accepted.flatMap((one) => (one.ok ? [] : [one.failure])),
      );
      return accepted;
    }),
  );
}
