/// <reference types="@cloudflare/vitest-plugin/types" />
import { applyD1Migrations, reset } from "cloudflare:test";
import { env as bindings, exports } from "cloudflare:workers";
import type { Env } from "../workers/env.ts";

export const env = bindings as unknown as Env & { readonly TEST_MIGRATIONS: Parameters<typeof applyD1Migrations>[1] };

/** The Worker as a request from outside meets it. */
export const worker = (exports as unknown as { default: { fetch(request: Request): Promise<Response> } }).default;

/** Made anew for each use: a stub does not outlive the abort of its object. */
export const sequencerStub = () => env.SEQUENCER.getByName(env.ORIGIN);
export const dutyStub = () => env.DUTY.getByName(env.ORIGIN);

/** No object has run and every table is empty. */
export async function emptyDeployment(): Promise<void> {
  await reset();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
}
