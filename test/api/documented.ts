import type { RouteConfig } from "@hono/zod-openapi";
import { type Problem, problem } from "@quasarix/shared/wire/problem.ts";
import { JSON_LINES } from "@quasarix/shared/wire/statement.ts";
import { expect } from "vitest";
import type * as z from "zod";
import { api } from "./small-api.ts";

type Content = Readonly<Record<string, { readonly schema: unknown }>>;

const routes: readonly RouteConfig[] = api.openAPIRegistry.definitions.flatMap((one) =>
  one.type === "route" ? [one.route] : [],
);

/** What a person reads in a browser, and the contract itself. */
const OUTSIDE = /^\/(home\.css|openapi\.json|reference(\/.*)?)?$/;

const patternOf = ({ path }: RouteConfig): RegExp =>
  new RegExp(`^${path.replace("/log/tile/{path}", "/log/tile/.+").replaceAll(/\{\w+\}/g, "[^/]+")}$`, "s");

const patterns = routes.map((route) => ({ route, pattern: patternOf(route) }));

/** As the router sees it. */
function pathOf(url: string): string {
  const { pathname } = new URL(url);
  return pathname.replaceAll(/(%[0-9a-f]{2})+/gi, (part) => {
    try {
      return decodeURI(part);
    } catch {
      return part;
    }
  });
}

/** The route of the contract that a request is for. */
export function routeOf({ method, url }: Request): RouteConfig | null {
  const asked = method === "HEAD" ? "get" : method.toLowerCase();
  const path = pathOf(url);
  return patterns.find(({ route, pattern }) => route.method === asked && pattern.test(path))?.route ?? null;
}

export const nameOf = (route: RouteConfig | null): string => (route ? `${route.method} ${route.path}` : "no route");

/** Throws on an answer that the contract does not describe; its own JSON never passes unread. */
export async function expectDocumented(request: Request, answer: Response): Promise<void> {
  expect(answer.status).toBeLessThan(500);
  if (OUTSIDE.test(new URL(request.url).pathname)) return;
  expect(answer.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  const route = routeOf(request);
  const good = (route?.responses[String(answer.status)] as { content?: Content } | undefined)?.content;
  // Not `text()`: workerd warns of it for each answer that is not called text.
  const text = new TextDecoder().decode(await answer.arrayBuffer());
  if (good) return expectGood(request, answer, good, text);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  if (route === null) expect([401, 404, 413]).toContain(answer.status);
  expectProblem(request, answer, text);
}

const typeOf = (answer: Response): string => answer.headers.get("content-type") ?? "";

function expectProblem({ method }: Request, answer: Response, text: string): void {
  expect(typeOf(answer)).toBe("application/problem+json");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  if (method === "HEAD") return;
  const body = problem.parse(JSON.parse(text));
  expect(body.status).toBe(answer.status);
  expect(body["request-id"]).toBe(answer.headers.get("request-id"));
  expect(body.type).toMatch(/^\/problems\/[a-z-]+$/);
  for (const { pointer } of body.errors ?? []) expect(pointer).toMatch(/^(\/|$)/);
}

/** `text/plain` and bytes have no schema of ours: their type is all that is looked at. */
function expectGood({ method }: Request, answer: Response, content: Content, text: string): void {
  expect(Object.keys(content)).toContain(typeOf(answer));
  const { schema } = content[typeOf(answer)] as { schema: z.ZodType };
  if (method === "HEAD" || !("safeParse" in schema)) return;
  const values = typeOf(answer) === JSON_LINES ? text.split("\n").slice(0, -1) : [text];
  for (const value of values) {
    const read = schema.parse(JSON.parse(value)) as { problem?: Problem };
    expect(read.problem?.status ?? 0).toBeLessThan(500);
  }
}
