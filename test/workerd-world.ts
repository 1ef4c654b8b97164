import { applyD1Migrations, reset, runDurableObjectAlarm } from "cloudflare:test";
import { env as bindings, exports } from "cloudflare:workers";
import { webRandom } from "@quasarix/shared/webcrypto.ts";
import type { Env } from "../workers/env.ts";
import { World, type WorldPorts } from "./world.ts";

export const env = bindings as unknown as Env & { readonly TEST_MIGRATIONS: Parameters<typeof applyD1Migrations>[1] };

const worker = exports as unknown as { default: { fetch(request: Request): Promise<Response> } };

/** An empty deployment with one operator: a consortium just founded, in the real runtime. */
export async function newWorld(over: Partial<WorldPorts> = {}): Promise<World> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
  const world = new World({
    origin: env.ORIGIN,
    fetch: (request) => worker.default.fetch(request),
    random: webRandom(crypto),
    now: () => Date.now(),
    ...over,
  });
  return world.found();
}

/** One round of duty: outbox, intake, keyring. */
export async function duty(): Promise<void> {
  const stub = env.DUTY.get(env.DUTY.idFromName(env.ORIGIN)) as unknown as DurableObjectStub & {
    wake(): Promise<void>;
  };
  await stub.wake();
  await runDurableObjectAlarm(stub);
}

/** Publishes what is committed. */
export async function publish(): Promise<void> {
  await runDurableObjectAlarm(env.SEQUENCER.get(env.SEQUENCER.idFromName(env.ORIGIN)));
}
