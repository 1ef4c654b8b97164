import { DurableObject } from "cloudflare:workers";
import type { PlanState, ProposalAsk, Releasing } from "@quasarix/shared/benchmark/releasing.ts";
import { mintSystem } from "@quasarix/shared/policy/scope.ts";
import { webRandom, webSealer, webSigner } from "@quasarix/shared/webcrypto.ts";
import { durationMs, privateJwk, type ReleasesEnv } from "../env.ts";
import { primaryDb } from "../store/db.ts";
import { Vault } from "../store/vault.ts";
import { packageOf } from "./inputs.ts";
import { ReleaseLedger } from "./ledger.ts";
import type { ReleasePorts } from "./ports.ts";
import { propose } from "./propose.ts";
import { lookAt, TICK_MS } from "./round.ts";
import { stateOf } from "./state.ts";

const MONTH_SECONDS = 30 * 86_400;

/** Builds plans and releases, one object a consortium. Its alarm does what is due, and again after a crash. */
export class Releases extends DurableObject<ReleasesEnv> implements Releasing {
  #ports: Promise<ReleasePorts> | null = null;
  readonly #ledger: ReleaseLedger;

  constructor(context: DurableObjectState, env: ReleasesEnv) {
    super(context, env);
    this.#ledger = new ReleaseLedger(context.storage);
  }

  async wake(): Promise<void> {
    if (this.#ledger.running().length > 0 && (await this.ctx.storage.getAlarm()) === null) await this.#lookIn(TICK_MS);
  }

  async propose(ask: ProposalAsk) {
    const proposed = await propose(await this.#portsOf(), ask);
    if (proposed.ok && !ask.dryRun) await this.#lookIn(TICK_MS);
    return proposed;
  }

  async states(plans: readonly string[]): Promise<readonly (PlanState | null)[]> {
    const ports = await this.#portsOf();
    return Promise.all(plans.map((plan) => stateOf(ports, plan)));
  }

  async inputs(plan: string, cohort: string) {
    return packageOf(await this.#portsOf(), { plan, cohort });
  }

  override async alarm(): Promise<void> {
    // Set first: a look that throws is tried again at the next tick, not never.
    const again = await this.#lookIn(TICK_MS);
    const next = await this.#look(await this.#portsOf());
    // What was proposed meanwhile has set it anew.
    if ((await this.ctx.storage.getAlarm()) !== again) return;
    if (next === null) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(Math.max(next, Date.now()));
  }

  /** One plan that fails, and be it for ever, keeps no other from its releases. */
  async #look(ports: ReleasePorts): Promise<number | null> {
    const dues: number[] = [];
    for (const plan of this.#ledger.running()) {
      try {
        const due = await lookAt(ports, plan);
        if (due !== null) dues.push(due);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        console.error(JSON.stringify({ event: "release-failed", plan: plan.hash, message }));
        dues.push(Date.now() + TICK_MS);
      }
    }
    return dues.length === 0 ? null : Math.min(...dues);
  }

  async #lookIn(milliseconds: number): Promise<number> {
    const at = Date.now() + milliseconds;
    await this.ctx.storage.setAlarm(at);
    return at;
  }

  #portsOf(): Promise<ReleasePorts> {
    this.#ports ??= this.#makePorts();
    return this.#ports;
  }

  async #makePorts(): Promise<ReleasePorts> {
    const { env } = this;
    const sequencer = env.SEQUENCER.getByName(env.ORIGIN);
    const random = webRandom(crypto);
    const platform = privateJwk(env.PLATFORM_KEY);
    return {
      ledger: this.#ledger,
      db: primaryDb(env.DB),
      bucket: env.RELEASE_BUCKET,
      vault: new Vault(env, webSealer(crypto)),
      append: (items) => sequencer.append(items),
      founding: { operatorX: env.GENESIS_KEY, platformX: platform.x },
      now: () => Date.now(),
      sequencer,
      platform: await webSigner(crypto, platform),
      random,
      origin: env.ORIGIN,
      scope: mintSystem("releases"),
      foundingSeconds: Math.ceil(durationMs(env.FOUNDING_SECONDS, MONTH_SECONDS) / 1000),
    };
  }
}
