import { useHashEngine } from "@quasarix/shared/sha256.ts";
import { webRandom, webVerify } from "@quasarix/shared/webcrypto.ts";
import { createApi } from "./api/app.ts";
import { mounts } from "./api/index.ts";
import { principalOf } from "./door/assertion.ts";
import { readBody } from "./door/body.ts";
import { type ApiSlice, apiSlice, type Env } from "./env.ts";
import { workerHashes } from "./hashes.ts";
import { home, isPortal } from "./portal/home.tsx";
import { SequencerObject } from "./sequencer/object.ts";
import { primaryDb } from "./store/db.ts";
import { readAnchor } from "./store/logged.ts";

export { Releases } from "./benchmark/object.ts";
export { Replay } from "./door/replay.ts";
export { Duty } from "./duty/object.ts";

useHashEngine(workerHashes);

/** The sequencer sees of D1 nothing but the anchor. */
export class Sequencer extends SequencerObject {
  constructor(context: DurableObjectState, { LOG_BUCKET, LOG_KEY, ORIGIN, DB }: Env) {
    super(context, { LOG_BUCKET, LOG_KEY, ORIGIN, anchor: () => readAnchor(primaryDb(DB)) });
  }
}

const api = createApi(
  {
    now: () => Date.now(),
    random: webRandom(crypto),
    verify: webVerify(crypto),
    writeLog: console.log,
    door: { pass: principalOf, readBody },
  },
  mounts,
);

let isAwake = false;

/** Alarms keep themselves going; somebody has to set the first one. */
function wakeDuty(env: Env, context: ExecutionContext): void {
  if (isAwake) return;
  isAwake = true;
  context.waitUntil(env.DUTY.getByName(env.ORIGIN).wake());
}

export default {
  fetch(request, env, context) {
    wakeDuty(env, context);
    const slice = apiSlice(env);
    const isPage = isPortal(new URL(request.url).pathname);
    return isPage ? portalOf(slice, context).fetch(request) : api.fetch(request, slice, context);
  },
} satisfies ExportedHandler<Env>;

/** The portal reaches the API as anyone outside does, without the way over the network. */
const portalOf = (slice: ApiSlice, context: ExecutionContext) =>
  home(async (path) => api.fetch(new Request(`https://portal.internal${path}`), slice, context));
