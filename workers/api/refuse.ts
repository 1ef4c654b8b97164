import type { Action } from "@quasarix/shared/policy/action.ts";
import type { Failure, Place } from "@quasarix/shared/wire/failure.ts";
import { type Problem, problemOf, retryAfterOf } from "@quasarix/shared/wire/problem.ts";
import type { Context, TypedResponse } from "hono";
import type * as z from "zod";
import type { ApiEnv } from "./context.ts";

type ProblemStatus = 401 | 404 | 409 | 412 | 413 | 415 | 422 | 428 | 429 | 500 | 503;
export type ProblemResponse = Response & TypedResponse<Problem, ProblemStatus, "json">;

/** Every answer but a good one leaves through here: the caller hears the problem, our log the reason. */
export function refuse(c: Context<ApiEnv>, failure: Failure): ProblemResponse {
  c.set("failure", failure);
  const wait = retryAfterOf(failure);
  if (wait !== null) c.header("Retry-After", String(wait));
  if (failure.reason === "unauthenticated") c.header("WWW-Authenticate", 'Bearer realm="quasarix"');
  return answerProblem(c, problemOf(failure));
}

/** RFC 9457. A problem is never cached: the same address may answer another caller. */
export function answerProblem(c: Context<ApiEnv>, problem: Problem): ProblemResponse {
  const body = JSON.stringify({ ...problem, "request-id": c.var.requestId });
  const headers = { "Content-Type": "application/problem+json", "Cache-Control": "no-store" };
  return c.body(body, problem.status as ProblemStatus, headers) as unknown as ProblemResponse;
}

/** zod's issues as places in the input; a value of the caller's is never echoed. */
export const placesOf = (error: z.core.$ZodError): readonly Place[] =>
  error.issues.map(({ path, message }) => ({ pointer: pointerOf(path), message }));

/** RFC 6901. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Missing, or not this caller's to know of: one answer for both. `target`: the id that was asked for. */
export const noSuchRecord = (action: Action, target = ""): Failure => ({
  reason: "not-permitted",
  action,
  why: "refused or missing",
  target,
});
