import type { Result } from "@quasarix/shared/result.ts";
import { fail, unreachable } from "@quasarix/shared/result.ts";
import type { Problem } from "@quasarix/shared/wire/problem.ts";
import { isPassing } from "./backoff.ts";

/** Why a call did not give what was asked. `proof` is the serious one: the server's own answer does not hold together. */
export type Refusal =
  | { readonly reason: "problem"; readonly problem: Problem }
  | { readonly reason: "unreachable"; readonly detail: string }
  | { readonly reason: "answer-form"; readonly path: string; readonly detail: string }
  | { readonly reason: "proof"; readonly step: string; readonly why: string; readonly at?: string }
  | { readonly reason: "input"; readonly detail: string };

export type Answer<T> = Result<T, Refusal>;

export const broken = (step: string, why: string, at?: string | number): { ok: false; failure: Refusal } =>
  fail<Refusal>(at === undefined ? { reason: "proof", step, why } : { reason: "proof", step, why, at: String(at) });

export const badInput = (detail: string): { ok: false; failure: Refusal } => fail<Refusal>({ reason: "input", detail });

/**
 * Of a statement that was sent: did the server refuse it for good? Else it may be in the log, and what is to be sent
 * again is the very same one.
 */
export const isFinal = (refusal: Refusal): boolean =>
  refusal.reason === "problem" && !isPassing(refusal.problem.status);

function problemSays(problem: Problem): string {
  const places = (problem.errors ?? []).map(({ pointer, detail }) => `\`${pointer}\` ${detail}`);
  const links = (problem.links ?? []).map((link) => `see ${link}`);
  const detail = [problem.detail, ...places, ...links].filter((text) => text !== undefined).join("; ");
  return `${problem.title}${detail === "" ? "" : `: ${detail}`} (${problem.status} ${problem.type})`;
}

/** One sentence for a person. */
export function refusalSays(refusal: Refusal): string {
  switch (refusal.reason) {
    case "problem":
      return problemSays(refusal.problem);
    case "unreachable":
      return `the server did not answer: ${refusal.detail}`;
    case "answer-form":
      return `the answer of \`${refusal.path}\` is not as the contract says: ${refusal.detail}`;
    case "proof":
      return `${refusal.step} does not hold: ${refusal.why}${refusal.at === undefined ? "" : ` at ${refusal.at}`}`;
    case "input":
      return refusal.detail;
    default:
      return unreachable(refusal);
  }
}
