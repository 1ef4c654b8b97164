/// <reference types="@cloudflare/vitest-plugin/types" />
import { type D1Migration, reset } from "cloudflare:test";
import { env as bindings, exports } from "cloudflare:workers";
import type { Env } from "../workers/env.ts";

export const env = bindings as unknown as Env & { readonly TEST_MIGRATIONS: readonly D1Migration[] };

/** The Worker as a request from outside meets it. */
export const worker = (exports as unknown as { default: { fetch(request: Request): Promise<Response> } }).default;

/** Made anew for each use: a stub does not outlive the abort of its object. */
export const sequencerStub = () => env.SEQUENCER.getByName(env.ORIGIN);
export const dutyStub = () => env.DUTY.getByName(env.ORIGIN);

/** No object has run and every table is empty. */
export async function emptyDeployment(): Promise<void> {
  await reset();
  // All at once, some hundred times a run: which were applied before is no question here.
  await env.DB.batch(env.TEST_MIGRATIONS.flatMap(({ queries }) => queries.map((query) => env.DB.prepare(query))));
}
