import { DurableObject } from "cloudflare:workers";
import { mintSystem } from "@quasarix/shared/policy/scope.ts";
import { webRandom, webSealer, webSigner } from "@quasarix/shared/webcrypto.ts";
import { type DutyEnv, durationMs, privateJwk } from "../env.ts";
import { primaryDb } from "../store/db.ts";
import { Vault } from "../store/vault.ts";
import { closeDueBatch } from "./batches.ts";
import { stateDeliveries } from "./delivery.ts";
import { forgetOldDenials } from "./denials.ts";
import { intakeRound } from "./intake.ts";
import { settleCosts, stateTerms } from "./joints.ts";
import { stateKeyring } from "./keyring.ts";
import { openProposals } from "./openings.ts";
import { driveOutbox } from "./outbox.ts";
import type { DutyPorts } from "./ports.ts";
import { countReasons } from "./reasons.ts";
import { HEADS_AT_ONCE, stateReceiptHeads } from "./receipt-heads.ts";
import { type Indexed, indexOlderSites } from "./site-keys.ts";

/** Between two looks at the outbox and the keys while no round is due. */
const TICK_MS = 1_000;
/** A receipt has the time of its request, and may be written this much later at most. */
const LATE_MS = 300_000;
/** Between two looks for what is due once a day. */
const HOUR_MS = 3_600_000;
const WEEK_SECONDS = 604_800;

/** One object whose alarm does what no request does: outbox, intake rounds, keyring. Alarms survive a crash; crons do not fire locally. */
export class Duty extends DurableObject<DutyEnv> {
  #ports: DutyPorts | null = null;

  /** Sees to it that the alarm is set; harmless at any time. */
  async wake(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + TICK_MS);
  }

  override async alarm(): Promise<void> {
    // Set first: a round that throws is tried again at the next tick, not never.
    await this.ctx.storage.setAlarm(Date.now() + TICK_MS);
    const ports = await this.#portsOf();
    // One that fails, and be it for ever, does not keep the others from their work.
    await attempt("outbox", () => driveOutbox(ports));
    const isRoundOver = await attempt("round", () => this.#round(ports));
    await attempt("keyring", () => this.#keyring(ports, isRoundOver === true));
    await attempt("delivery", () => this.#deliver(ports));
    await attempt("batch", () => closeDueBatch(ports, durationMs(this.env.BATCH_SECONDS, WEEK_SECONDS)));
    await attempt("joints", () => this.#joints(ports));
    await attempt("reasons", () => this.#reasons(ports));
    await attempt("receipt-heads", () =>
      this.#hourly("receipt-heads", async () => (await stateReceiptHeads(ports)) === HEADS_AT_ONCE),
    );
    await attempt("site-keys", () => this.#index(ports));
    await attempt("denials", () => this.#hourly("denials", () => forgetOldDenials(ports)));
  }

  /** `look` says whether there may be more; then the next tick goes on. */
  async #hourly(name: string, look: () => Promise<boolean>): Promise<void> {
    const due = (await this.ctx.storage.get<number>(name)) ?? 0;
    if (Date.now() < due) return;
    if (!(await look())) await this.ctx.storage.put(name, Date.now() + HOUR_MS);
  }

  async #keyring(ports: DutyPorts, isRoundOver: boolean): Promise<void> {
    const issuedAt = (await this.ctx.storage.get<number>("keyring")) ?? null;
    if (await stateKeyring(ports, { issuedAt, isRoundOver })) await this.ctx.storage.put("keyring", Date.now());
  }

  async #joints(ports: DutyPorts): Promise<void> {
    const done = (await this.ctx.storage.get<number>("joints")) ?? 0;
    const number = await stateTerms(ports, done);
    if (number !== null && number > done) await this.ctx.storage.put("joints", number);
    await settleCosts(ports);
  }

  async #reasons(ports: DutyPorts): Promise<void> {
    const done = (await this.ctx.storage.get<number>("reasons")) ?? 0;
    const number = await countReasons(ports, done);
    if (number > done) await this.ctx.storage.put("reasons", number);
  }

  async #index(ports: DutyPorts): Promise<void> {
    const done = (await this.ctx.storage.get<Indexed>("site-keys")) ?? null;
    const now = await indexOlderSites(ports, done);
    if (now !== done) await this.ctx.storage.put("site-keys", now);
  }

  async #deliver(ports: DutyPorts): Promise<void> {
    const began = Date.now();
    if (began < ((await this.ctx.storage.get<number>("delivery")) ?? 0)) return;
    const since = (await this.ctx.storage.get<number>("opened-since")) ?? 0;
    if (await stateDeliveries(ports, since)) return;
    const next = began + durationMs(this.env.DELIVERY_SECONDS, 60);
    await this.ctx.storage.put({ delivery: next, "opened-since": began - LATE_MS });
  }

  /** At the end of each round, true; a round may take what it can hold and the next tick the rest. */
  async #round(ports: DutyPorts): Promise<boolean> {
    const length = durationMs(this.env.ROUND_SECONDS, 3_600);
    const due = (await this.ctx.storage.get<number>("round")) ?? 0;
    const until = Date.now();
    if (until < due) return false;
    // First the sites that lists propose; audits of a round wait for nobody's places.
    await attempt("openings", async () => {
      while ((await openProposals(ports, until)) > 0);
    });
    while ((await intakeRound(ports, until)) > 0);
    await this.ctx.storage.put("round", Date.now() + length);
    return true;
  }

  async #portsOf(): Promise<DutyPorts> {
    if (this.#ports) return this.#ports;
    const { env } = this;
    const sequencer = env.SEQUENCER.getByName(env.ORIGIN);
    const random = webRandom(crypto);
    const { x } = privateJwk(env.PLATFORM_KEY);
    this.#ports = {
      db: primaryDb(env.DB),
      vault: new Vault(env, webSealer(crypto)),
      append: (items) => sequencer.append(items),
      founding: { operatorX: env.GENESIS_KEY, platformX: x },
      now: () => Date.now(),
      sequencer,
      platform: await webSigner(crypto, privateJwk(env.PLATFORM_KEY)),
      random,
      origin: env.ORIGIN,
      scope: mintSystem("duty"),
      patienceMs: durationMs(env.OUTBOX_SECONDS, 15),
    };
    return this.#ports;
  }
}

/** For the operator's log: which step failed and at what, and never a record. */
async function attempt<T>(step: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(JSON.stringify({ event: "duty-failed", step, message }));
    return undefined;
  }
}
