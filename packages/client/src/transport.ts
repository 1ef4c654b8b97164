import type { Bytes } from "@quasarix/shared/bytes.ts";
import { fromUtf8, utf8 } from "@quasarix/shared/bytes.ts";
import { fail, ok } from "@quasarix/shared/result.ts";
import { problem } from "@quasarix/shared/wire/problem.ts";
import type * as z from "zod";
import { ATTEMPTS, delayOf, isPassing, retryAfterOf } from "./backoff.ts";
import { chanceOf } from "./chance.ts";
import type { ClientPorts } from "./ports.ts";
import type { Answer, Refusal } from "./refusal.ts";

export type Query = Readonly<Record<string, string | number | undefined>>;

export interface Ask {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly query?: Query;
  readonly body?: { readonly type: string; readonly bytes: Bytes };
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sends no `Authorization`: for what is open to all. */
  readonly isOpen?: boolean;
  /** Of a good answer, where more than its body matters. */
  readonly heard?: (headers: Headers) => void;
}

const NOTHING: Bytes = new Uint8Array(0);

function urlOf(origin: string, path: string, query: Query = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string | number] => pair[1] !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `${origin}${path}${search === "" ? "" : `?${search}`}`;
}

/** Tries until an answer stands: 2xx, or a refusal that waiting does not mend. */
export type Send = (ask: Ask) => Promise<Answer<Bytes>>;

export function transport(ports: ClientPorts): Send {
  return async (ask) => {
    for (let attempt = 0; ; attempt++) {
      const tried = await tryOnce(ports, ask);
      if (tried.ok || !tried.failure.passes || attempt === ATTEMPTS - 1) {
        return tried.ok ? tried : fail(tried.failure.refusal);
      }
      await ports.host.wait(delayOf(attempt, tried.failure.retryAfter, chanceOf(ports.host.random)()));
    }
  };
}

type Tried =
  | { ok: true; value: Bytes }
  | { ok: false; failure: { refusal: Refusal; passes: boolean; retryAfter: number | null } };

async function tryOnce(ports: ClientPorts, ask: Ask): Promise<Tried> {
  const url = urlOf(ports.origin, ask.path, ask.query);
  const body = ask.body?.bytes ?? NOTHING;
  const authorization = ask.isOpen ? null : await ports.authorize({ method: ask.method, url, body });
  const headers: Record<string, string> = { ...ask.headers };
  if (authorization !== null) headers["authorization"] = authorization;
  if (ask.body) headers["content-type"] = ask.body.type;
  const init: RequestInit = { method: ask.method, headers, redirect: "manual" };
  if (ask.body) init.body = body;
  let response: Response;
  let bytes: Bytes;
  try {
    response = await ports.fetch(url, init);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    const detail = error instanceof Error ? sentenceOf(error) : String(error);
    return fail({ refusal: { reason: "unreachable", detail }, passes: true, retryAfter: null });
  }
  if (response.status >= 200 && response.status < 300) {
    ask.heard?.(response.headers);
    return ok(bytes);
  }
  const retryAfter = retryAfterOf(response.headers.get("retry-after"), ports.host.now());
  return fail({ refusal: refusalOf(response.status, bytes, ask.path), passes: isPassing(response.status), retryAfter });
}

/** `fetch failed` says nothing; its cause does. */
const sentenceOf = (error: Error): string =>
  error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;

function refusalOf(status: number, bytes: Bytes, path: string): Refusal {
  const read = problem.safeParse(jsonOf(fromUtf8(bytes)));
  if (read.success) return { reason: "problem", problem: read.data };
  return { reason: "answer-form", path, detail: `status ${status} without problem details` };
}

/** Undefined where the text is no JSON. */
export function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

export function parsed<T extends z.ZodType>(schema: T, bytes: Bytes, path: string): Answer<z.infer<T>> {
  const read = schema.safeParse(jsonOf(fromUtf8(bytes)));
  if (read.success) return ok(read.data);
  const first = read.error.issues[0];
  return fail({ reason: "answer-form", path, detail: `${first?.path.join("/") ?? ""} ${first?.message ?? ""}`.trim() });
}

export const jsonBody = (value: unknown) => ({ type: "application/json", bytes: utf8(JSON.stringify(value)) });
