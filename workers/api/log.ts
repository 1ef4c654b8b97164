import { parseTilePath } from "@quasarix/shared/log/tile.ts";
import type { Api } from "./app.ts";
import type { ApiContext } from "./context.ts";
import { problems } from "./problem-responses.ts";
import { refuse } from "./refuse.ts";

const IMMUTABLE = "public, max-age=31536000, immutable";
/** A checkpoint is published at most once a second. */
const BRIEF = "public, max-age=1";

/** tlog-tiles: the public log, blinded, as the sequencer wrote it to the bucket. */
export function log(app: Api): void {
  describe(app, "/log/checkpoint", "The newest published checkpoint, a signed note", "text/plain; charset=utf-8");
  describe(app, "/log/tile/{path}", "`<L>/<N>[.p/<W>]` or `entries/<N>[.p/<W>]`", "application/octet-stream");
  app.get("/log/checkpoint", (c) => fromBucket(c, "log/checkpoint", "text/plain; charset=utf-8", BRIEF));
  app.get("/log/tile/*", async (c) => {
    const path = c.req.path.slice("/log/".length);
    if (!parseTilePath(path).ok) return refuse(c, { reason: "unknown-route" });
    return fromBucket(c, `log/${path}`, "application/octet-stream", IMMUTABLE);
  });
}

async function fromBucket(c: ApiContext, key: string, type: string, caching: string): Promise<Response> {
  const object = await c.env.LOG_BUCKET.get(key);
  if (!object) return refuse(c, { reason: "unknown-route" });
  const headers = { "Content-Type": type, "Cache-Control": caching, "Access-Control-Allow-Origin": "*" };
  return c.body(object.body, 200, { ...headers, "Cross-Origin-Resource-Policy": "cross-origin" });
}

/** A path with slashes in its last part, which a route of the OpenAPI router cannot have. */
function describe(app: Api, path: string, summary: string, type: string): void {
  const content = { [type]: { schema: { type: "string" as const } } };
  const responses = { 200: { description: "As published", content }, ...problems };
  app.openAPIRegistry.registerPath({ method: "get", path, summary, responses });
}
