import { setTimeout as sleep } from "node:timers/promises";
import type { Progress } from "@quasarix/client/whole-log.ts";
import { health } from "@quasarix/shared/wire/health.ts";
import { must, type Party } from "../demonstration/party.ts";

const PATIENCE_MS = 30_000;

async function healthOf(origin: string) {
  const answer = await fetch(`${origin}/health`);
  return health.parse(await answer.json());
}

export const logSize = async (origin: string): Promise<number> => (await healthOf(origin)).log.size;

/** Until the log has `expected` entries; throws when it stands still. */
export async function waitForLog(origin: string, expected: number, progress: Progress): Promise<void> {
  let last = 0;
  for (let since = Date.now(); ; await sleep(200)) {
    const size = await logSize(origin);
    progress("log", Math.min(size, expected), expected);
    if (size >= expected) return;
    if (size > last) since = Date.now();
    last = size;
    if (Date.now() - since > PATIENCE_MS) throw new Error(`the log stands still at ${size} of ${expected}`);
  }
}

export async function waitForPublication(origin: string): Promise<void> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(200)) {
    const { log, published } = await healthOf(origin);
    if (published.size === log.size) return;
    if (Date.now() > until) throw new Error(`the log publishes no more: ${published.size} of ${log.size}`);
  }
}

/** Statements of each type in the log, as the operator's rows say. */
export async function typesIn({ client }: Party): Promise<Map<string, number>> {
  const types = new Map<string, number>();
  for (let after: number | null = -1; after !== null; ) {
    const page: { rows: readonly { type: string }[]; next: number | null } = must(
      await client.routes.operatorRows(after),
    );
    for (const { type } of page.rows) types.set(type, (types.get(type) ?? 0) + 1);
    after = page.next;
  }
  return types;
}
