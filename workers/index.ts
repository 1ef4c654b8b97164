import { api } from "./api/index.ts";
import { type ApiSlice, apiSlice, type Env } from "./env.ts";
import { home } from "./portal/home.tsx";

export { Replay } from "./door/replay.ts";

const PORTAL = new Set(["/", "/home.css"]);

export default {
  fetch(request, env, context) {
    const slice = apiSlice(env);
    const isPortal = PORTAL.has(new URL(request.url).pathname);
    return isPortal ? portalOf(slice, context).fetch(request) : api.fetch(request, slice, context);
  },
} satisfies ExportedHandler<Env>;

/** The portal reaches the API as anyone outside does, without the way over the network. */
const portalOf = (slice: ApiSlice, context: ExecutionContext) =>
  home(async (path) => api.fetch(new Request(`https://portal.internal${path}`), slice, context));
