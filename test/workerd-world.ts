import { runDurableObjectAlarm } from "cloudflare:test";
import { webRandom } from "@quasarix/shared/webcrypto.ts";
import { dutyStub, emptyDeployment, env, sequencerStub, worker } from "./workerd-env.ts";
import { World, type WorldPorts } from "./world.ts";

export { env };

/** An empty deployment with one operator: a consortium just founded, in the real runtime. */
export async function newWorld(over: Partial<WorldPorts> = {}): Promise<World> {
  await emptyDeployment();
  // A reset passes over an object that is busy, and then the log is not empty.
  for (let attempt = 0; attempt < 20 && (await sequencerStub().status()).size > 0; attempt++) await emptyDeployment();
  const world = new World({
    origin: env.ORIGIN,
    fetch: (request) => worker.fetch(request),
    random: webRandom(crypto),
    now: () => Date.now(),
    ...over,
  });
  return world.found();
}

/** Duty until neither a submission nor a proposed site waits: outbox, openings, intake, keyring. A round that ran of itself may put the next one off by a second. */
export async function duty(): Promise<void> {
  const stub = dutyStub();
  for (let attempt = 0; attempt < 200; attempt++) {
    await stub.wake();
    await runDurableObjectAlarm(stub);
    if ((await waiting()) === 0) return;
    await scheduler.wait(50);
  }
  throw new Error("intake took nothing for a while");
}

async function waiting(): Promise<number> {
  const unissued =
    "SELECT count(*) AS n FROM submissions AS m LEFT JOIN audits AS a ON a.hash = m.audit WHERE a.hash IS NULL";
  const unopened = "SELECT count(*) AS n FROM proposals WHERE sites IS NULL";
  const counts = await env.DB.batch<{ n: number }>([unissued, unopened].map((sql) => env.DB.prepare(sql)));
  return counts.reduce((sum, { results }) => sum + (results[0]?.n ?? 0), 0);
}

/** Publishes what is committed. */
export async function publish(): Promise<void> {
  await runDurableObjectAlarm(sequencerStub());
}

/** Duty closes a discovery batch of all that the log held at the call: the week before it is over at once. */
export async function closeBatch(): Promise<void> {
  const wanted = await most("SELECT max(log_index) + 1 AS n FROM statements");
  const stub = dutyStub();
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await most("SELECT max(size) AS n FROM discovery_batches")) >= wanted) return;
    const isFirst = (await most("SELECT count(*) AS n FROM discovery_batches")) === 0;
    await age(isFirst, -WEEK_MS);
    await stub.wake();
    await runDurableObjectAlarm(stub);
    if (isFirst) await age(isFirst, WEEK_MS);
  }
  throw new Error("no discovery batch was closed");
}

/** Length of a batch in `vitest.workerd.config.ts`: from the last one, or from genesis on. */
const WEEK_MS = 604_800_000;
const GENESIS = "UPDATE statements SET admitted_at = admitted_at + ?1 WHERE log_index = 0";
const LAST_BATCH = `UPDATE discovery_batches SET closed_at = closed_at + ?1
  WHERE number = (SELECT max(number) FROM discovery_batches)`;

const age = (isFirst: boolean, by: number) =>
  env.DB.prepare(isFirst ? GENESIS : LAST_BATCH)
    .bind(by)
    .run();

const most = async (query: string): Promise<number> => (await env.DB.prepare(query).first<{ n: number }>())?.n ?? 0;
