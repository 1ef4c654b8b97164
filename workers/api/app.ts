import { OpenAPIHono } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import type { ApiEnv, ApiPorts } from "./context.ts";
import { atTheDoor } from "./door.ts";
import { securityHeaders } from "./headers.ts";
import { noteDenied } from "./note-denials.ts";
import { answerProblem, placesOf, refuse } from "./refuse.ts";
import { bugLine, requestContext } from "./request-log.ts";

export type Api = OpenAPIHono<ApiEnv>;

/** A resource of the API: adds its routes, each with its OpenAPI row. */
export type Mount = (app: Api) => void;

/** The frame: who asks, in what headers we answer, and the one shape of a refusal. Routes come through `mounts`. */
export function createApi(ports: ApiPorts, mounts: readonly Mount[]): Api {
  const app: Api = new OpenAPIHono<ApiEnv>({
    defaultHook: (result, c) =>
      result.success ? undefined : refuse(c, { reason: "invalid-input", places: placesOf(result.error) }),
  });
  app.use(securityHeaders, requestContext(ports), noteDenied(ports));
  app.use("/v1/*", atTheDoor(ports.door));
  app.notFound((c) => refuse(c, { reason: "unknown-route" }));
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 415) return refuse(c, { reason: "media-type" });
    if (error instanceof HTTPException && error.status === 400)
      return refuse(c, { reason: "invalid-input", places: [{ pointer: "", message: "must be JSON" }] });
    ports.writeLog(bugLine(c.var.requestId, error));
    return answerProblem(c, { type: "/problems/internal", title: "Something failed on our side", status: 500 });
  });
  for (const mount of mounts) mount(app);
  return app;
}
