import type { RouteConfig } from "@hono/zod-openapi";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";

/**
 * A route that reads its own body. The OpenAPI router takes `application/jsonl` for broken JSON and refuses it, so a
 * route with JSON Lines comes through here: in the document all the same, its body for `c.var.body`.
 */
export function rawRoute(app: Api, route: RouteConfig, answer: (c: ApiContext) => Response | Promise<Response>): void {
  app.openAPIRegistry.registerPath(route);
  app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ":$1"), (c) => answer(c));
}

/** Of the body, without its parameters. */
export const mediaTypeOf = (c: ApiContext): string =>
  (c.req.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

/** As the OpenAPI router hands it to a schema: a name that stands once is a text, one that stands twice a list. */
export const queryOf = (c: ApiContext): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] as string) : values,
    ]),
  );
