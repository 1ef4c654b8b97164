import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import type { AppendItem } from "@quasarix/shared/log/append.ts";
import { mintSystem, mintWrite } from "@quasarix/shared/policy/scope.ts";
import { hashText, parseStatement } from "@quasarix/shared/statement/statement.ts";
import { webRandom, webSealer, webSigner } from "@quasarix/shared/webcrypto.ts";
import type { DutyPorts } from "../../workers/duty/ports.ts";
import { privateJwk } from "../../workers/env.ts";
import { primaryDb } from "../../workers/store/db.ts";
import type { Staged } from "../../workers/store/stage.ts";
import { Vault } from "../../workers/store/vault.ts";
import { dutyStub, env, sequencerStub } from "../workerd-env.ts";

/** What the duty object works with, for a test that takes its place. */
export async function dutyPorts(): Promise<DutyPorts> {
  const random = webRandom(crypto);
  return {
    db: primaryDb(env.DB),
    vault: new Vault(env, webSealer(crypto)),
    append: (items: readonly AppendItem[]) => sequencerStub().append(items),
    founding: { operatorX: env.GENESIS_KEY, platformX: privateJwk(env.PLATFORM_KEY).x },
    now: () => Date.now(),
    sequencer: { latestPublished: () => sequencerStub().latestPublished() },
    platform: await webSigner(crypto, privateJwk(env.PLATFORM_KEY)),
    random,
    origin: env.ORIGIN,
    scope: mintSystem("test"),
    patienceMs: 15_000,
  };
}

/** No alarm of duty goes off by itself until the next `runDuty`. */
export const holdDuty = (): Promise<void> =>
  runInDurableObject(dutyStub(), (_object, { storage }) => storage.deleteAlarm());

/** One alarm, with the round and deliveries due and every staged statement old enough to be driven. Rejects as the alarm does. */
export async function runDuty(): Promise<void> {
  await env.DB.prepare("UPDATE statements SET staged_at = 0 WHERE log_index IS NULL").run();
  await runInDurableObject(dutyStub(), async (_object, { storage }) => {
    await storage.delete(["round", "delivery"]);
    await storage.setAlarm(Date.now() + 60_000);
  });
  await runDurableObjectAlarm(dutyStub());
}

/** A member's statement as the door would stage it: admitted and sealed. */
export async function sealedOf(text: string, member: string): Promise<Staged> {
  const { vault } = await dutyPorts();
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new Error(parsed.failure.reason);
  const statement = parsed.value;
  const scope = mintWrite({ statement: hashText(statement), issuer: member, subject: member });
  return { scope, statement, sealed: await vault.seal(statement), kekVersion: vault.version };
}
