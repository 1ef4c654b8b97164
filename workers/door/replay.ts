import { DurableObject } from "cloudflare:workers";

const SWEEP_MS = 120_000;

/** Remembers the `jti`s of one key until no assertion with them could pass for its age. */
export class Replay extends DurableObject {
  readonly #sql: SqlStorage;
  #armed = false;

  constructor(state: DurableObjectState, env: unknown) {
    super(state, env as never);
    this.#sql = state.storage.sql;
    this.#sql.exec("CREATE TABLE IF NOT EXISTS used (jti TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID");
  }

  /** True for the first caller with this `jti`, false for every other until `until` (Unix ms) has passed. */
  async use(jti: string, until: number): Promise<boolean> {
    await this.#arm();
    return this.#sql.exec("INSERT OR IGNORE INTO used (jti, until) VALUES (?, ?)", jti, until).rowsWritten > 0;
  }

  override async alarm(): Promise<void> {
    this.#sql.exec("DELETE FROM used WHERE until < ?", Date.now());
    this.#armed = false;
    if (this.#sql.exec("SELECT 1 FROM used LIMIT 1").toArray().length > 0) await this.#arm();
  }

  async #arm(): Promise<void> {
    if (this.#armed) return;
    this.#armed = true;
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + SWEEP_MS);
  }
}
