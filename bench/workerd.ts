import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { MigrationRequest } from "./workerd/admin.ts";
import { bundleWorker } from "./workerd/bundle.ts";
import { type TextBindings, writeConfig } from "./workerd/capnp.ts";
import { farNames, startFront } from "./workerd/front-process.ts";
import { allOf, type Group } from "./workerd/group.ts";
import { type Ports, type Serving, serve } from "./workerd/serve.ts";
import { readSettings, type Settings } from "./workerd/settings.ts";

const root = path.resolve(import.meta.dirname, "..");

export interface WorkerdOptions extends Serving {
  /** Durable Objects, D1 and R2 live here and survive a stop or a kill; the caller removes it. */
  readonly state: string;
  /** Secrets, and vars that differ from `wrangler.toml`. */
  readonly bindings?: TextBindings;
  readonly wranglerToml?: string;
  /** Instead of `main` of `wrangler.toml`. */
  readonly entry?: string;
  /** SQL files applied in name order to the first database; null for none. */
  readonly migrations?: string | null;
  /** 0, the default, is any free one. */
  readonly port?: number;
  /**
   * workerd has one thread. With fronts the Worker runs in that many processes of its own, and objects, D1 and R2 in
   * another, as on Cloudflare each is elsewhere. 0, the default: all in one.
   */
  readonly fronts?: number;
}

/** A Worker served by plain workerd, without the proxy that `wrangler dev` puts before it. */
export interface Workerd extends Group {
  /** Of the process that holds the state. */
  readonly origin: string;
  /** Of each front; that of the one process where there is none. */
  readonly origins: readonly string[];
  /** Ends it as a host would: SIGTERM, and waits. */
  stop(): Promise<void>;
}

/** Ready when it resolves: sockets open, migrations applied. Throws with workerd's own words when it cannot start. */
export async function startWorkerd(options: WorkerdOptions): Promise<Workerd> {
  const settings = settingsOf(options);
  const state = await startState(settings, options);
  const groups: Group[] = [state.group];
  try {
    await applyMigrations(settings, options.migrations, state);
    const { fronts = 0, bindings = {} } = options;
    const origins: string[] = [];
    for (let n = 0; n < fronts; n++) {
      const folder = path.join(options.state, `front-${n}`);
      const front = await startFront({ settings, bindings, folder, ports: state.ports }, options);
      groups.push(front.group);
      origins.push(front.origin);
    }
    const { origin } = state;
    return {
      ...allOf(groups),
      origin,
      origins: fronts > 0 ? origins : [origin],
      stop: () => allOf(groups).kill("SIGTERM"),
    };
  } catch (error) {
    await allOf(groups).kill("SIGKILL");
    throw error;
  }
}

interface State {
  readonly group: Group;
  readonly origin: string;
  readonly ports: Ports;
  readonly adminToken: string;
}

async function startState(settings: Settings, options: WorkerdOptions): Promise<State> {
  const folder = path.join(options.state, "workerd");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const hasFronts = (options.fronts ?? 0) > 0;
  const entry = hasFronts ? path.join(import.meta.dirname, "workerd/state.ts") : settings.entry;
  await bundleWorker(entry, path.join(folder, "index.js"));
  await bundleWorker(path.join(import.meta.dirname, "workerd/admin.ts"), path.join(folder, "admin.js"));
  const adminToken = randomBytes(16).toString("hex");
  const { bindings = {}, port = 0, state } = options;
  const config = await writeConfig({ settings, bindings, folder, state, port, adminToken, hasFronts });
  const sockets = ["http", "admin", ...(hasFronts ? farNames(settings) : [])];
  const { group, ports } = await serve(config, options, sockets);
  return { group, ports, adminToken, origin: `http://127.0.0.1:${ports["http"]}` };
}

function settingsOf(options: WorkerdOptions): Settings {
  const settings = readSettings(options.wranglerToml ?? path.join(root, "wrangler.toml"));
  return options.entry ? { ...settings, entry: options.entry } : settings;
}

async function applyMigrations(
  settings: Settings,
  migrations: string | null = path.join(root, "migrations"),
  { ports, adminToken }: State,
): Promise<void> {
  const database = settings.databases[0]?.binding;
  if (!database || !migrations) return;
  const names = (await readdir(migrations)).filter((name) => name.endsWith(".sql")).sort();
  for (const name of names) {
    const migration: MigrationRequest = { database, name, sql: await readFile(path.join(migrations, name), "utf8") };
    const headers = { authorization: `Bearer ${adminToken}` };
    const reply = await fetch(`http://127.0.0.1:${ports["admin"]}`, {
      method: "POST",
      headers,
      body: JSON.stringify(migration),
    });
    if (!reply.ok) throw new Error(`migration \`${name}\`: ${await reply.text()}`);
  }
}
