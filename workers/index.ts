import { api } from "./api/index.ts";
import { apiSlice, type Env } from "./env.ts";

export { Replay } from "./door/replay.ts";

export default {
  fetch: (request, env, context) => api.fetch(request, apiSlice(env), context),
} satisfies ExportedHandler<Env>;
