import type { Bytes } from "@quasarix/shared/bytes.ts";
import { fromUtf8 } from "@quasarix/shared/bytes.ts";
import type { Result } from "@quasarix/shared/result.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { parseJson } from "@quasarix/shared/statement/json.ts";
import type { Failure } from "@quasarix/shared/wire/failure.ts";
import { problemOf } from "@quasarix/shared/wire/problem.ts";
import { JSON_LINES, LINES_LIMIT, type LineAnswer, statementLine } from "@quasarix/shared/wire/statement.ts";
import type { Accepted } from "./accept.ts";
import type { ApiContext } from "./context.ts";
import type { ProblemResponse } from "./refuse.ts";

export type Lines = readonly Result<string, Failure>[];

const badLine = (message: string): Result<string, Failure> =>
  fail({ reason: "invalid-input", places: [{ pointer: "", message }] });

function statementOf(line: string): Result<string, Failure> {
  const json = parseJson(line);
  if (!json.ok) return badLine("must be one JSON object");
  const parsed = statementLine.safeParse(json.value);
  return parsed.success ? ok(parsed.data.statement) : badLine('must be {"statement":"..."} and nothing else');
}

/** JSON Lines of `StatementLine`. A bad line is its own refusal; the body as a whole fails only by its size or bytes. */
export function readLines(body: Bytes): Result<Lines, Failure> {
  const text = fromUtf8(body);
  if (text === null) return fail({ reason: "invalid-input", places: [{ pointer: "", message: "must be UTF-8" }] });
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > LINES_LIMIT) return fail({ reason: "too-many-lines", limit: LINES_LIMIT });
  return ok(lines.map(statementOf));
}

/** Runs `accept` over the good lines and puts every answer beside its line, counted from 1. */
export async function answerLines(
  lines: Lines,
  accept: (texts: readonly string[]) => Promise<readonly Accepted[]>,
): Promise<string> {
  const accepted = [...(await accept(lines.flatMap((line) => (line.ok ? [line.value] : []))))];
  const answers = lines.map((line, i): LineAnswer => {
    const answer = line.ok ? (accepted.shift() as Accepted) : line;
    return answer.ok ? { line: i + 1, ...answer.value } : { line: i + 1, problem: problemOf(answer.failure) };
  });
  return answers.map((answer) => `${JSON.stringify(answer)}\n`).join("");
}

/** Hono's types know no JSON Lines, so the answer passes as what every route may give. */
export const jsonLines = (c: ApiContext, text: string): ProblemResponse =>
  c.body(text, 200, { "Content-Type": JSON_LINES }) as unknown as ProblemResponse;
