import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { MigrationRequest } from "./workerd/admin.ts";
import { bundleWorker } from "./workerd/bundle.ts";
import { type TextBindings, writeConfig } from "./workerd/capnp.ts";
import { type Group, groupOf } from "./workerd/group.ts";
import { readSettings, type Settings } from "./workerd/settings.ts";

const root = path.resolve(import.meta.dirname, "..");

export interface WorkerdOptions {
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
  /** Lines that workerd and the Worker's `console` write; the default shows them. */
  readonly onLine?: (line: string) => void;
  /** Loopback port for a profiler; absent: none is open. */
  readonly inspectorPort?: number;
}

/** A Worker served by plain workerd, without the proxy that `wrangler dev` puts before it. */
export interface Workerd extends Group {
  readonly origin: string;
  /** Ends it as a host would: SIGTERM, and waits. */
  stop(): Promise<void>;
}

const READY_SECONDS = 30;

/** Ready when it resolves: sockets open, migrations applied. Throws with workerd's own words when it cannot start. */
export async function startWorkerd(options: WorkerdOptions): Promise<Workerd> {
  const settings = settingsOf(options);
  const folder = path.join(options.state, "workerd");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await bundleWorker(settings.entry, path.join(folder, "index.js"));
  await bundleWorker(path.join(import.meta.dirname, "workerd/admin.ts"), path.join(folder, "admin.js"));
  const adminToken = randomBytes(16).toString("hex");
  const { bindings = {}, port = 0, state } = options;
  const config = await writeConfig({ settings, bindings, folder, state, port, adminToken });
  const { group, ports } = await serve(config, options);
  try {
    await applyMigrations(settings, options.migrations, `http://127.0.0.1:${ports.admin}`, adminToken);
  } catch (error) {
    await group.kill("SIGKILL");
    throw error;
  }
  return { ...group, origin: `http://127.0.0.1:${ports.http}`, stop: () => group.kill("SIGTERM") };
}

function settingsOf(options: WorkerdOptions): Settings {
  const settings = readSettings(options.wranglerToml ?? path.join(root, "wrangler.toml"));
  return options.entry ? { ...settings, entry: options.entry } : settings;
}

interface Ports {
  readonly http: number;
  readonly admin: number;
}

async function serve(config: string, options: WorkerdOptions): Promise<{ group: Group; ports: Ports }> {
  const { onLine = (line) => console.error(line), inspectorPort } = options;
  const inspector = inspectorPort === undefined ? [] : [`--inspector-addr=127.0.0.1:${inspectorPort}`];
  // `experimental` is what miniflare's own Workers are compiled against.
  const child = spawn(workerdBinary(), ["serve", config, "--experimental", "--control-fd=3", ...inspector], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const said: string[] = [];
  let isReady = false;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream as Readable }).on("line", (line) => {
      if (isReady) onLine(line);
      else said.push(line);
    });
  }
  const group = groupOf(child);
  const ports = await portsOf(child.stdio[3] as Readable);
  isReady = true;
  if (ports) {
    for (const line of said) onLine(line);
    return { group, ports };
  }
  await group.kill("SIGKILL");
  throw new Error(`workerd did not start\n${said.join("\n")}`);
}

/** workerd writes a line a socket to its control pipe; null when it ends or stays silent before it has named both. */
async function portsOf(control: Readable): Promise<Ports | null> {
  const late = setTimeout(() => control.destroy(), READY_SECONDS * 1000);
  const ports: Record<string, number> = {};
  control.on("error", () => {});
  const lines = createInterface({ input: control });
  const found = await new Promise<Ports | null>((resolve) => {
    lines.on("close", () => resolve(null));
    lines.on("line", (line) => {
      const { event, socket, port } = JSON.parse(line) as { event: string; socket: string; port: number };
      if (event === "listen") ports[socket] = port;
      const { http, admin } = ports;
      if (http && admin) resolve({ http, admin });
    });
  });
  clearTimeout(late);
  return found;
}

async function applyMigrations(
  settings: Settings,
  migrations: string | null = path.join(root, "migrations"),
  admin: string,
  token: string,
): Promise<void> {
  const database = settings.databases[0]?.binding;
  if (!database || !migrations) return;
  const names = (await readdir(migrations)).filter((name) => name.endsWith(".sql")).sort();
  for (const name of names) {
    const migration: MigrationRequest = { database, name, sql: await readFile(path.join(migrations, name), "utf8") };
    const headers = { authorization: `Bearer ${token}` };
    const reply = await fetch(admin, { method: "POST", headers, body: JSON.stringify(migration) });
    if (!reply.ok) throw new Error(`migration \`${name}\`: ${await reply.text()}`);
  }
}

/** The executable itself: the package's launcher would stay between us and the process whose time we read. */
function workerdBinary(): string {
  const require = createRequire(import.meta.url);
  const nested = createRequire(require.resolve("workerd/package.json"));
  const { platform, arch } = process;
  const system = platform === "win32" ? "windows" : platform;
  const name = `@cloudflare/workerd-${system}-${arch === "x64" ? "64" : arch}`;
  return nested.resolve(`${name}/bin/workerd${platform === "win32" ? ".exe" : ""}`);
}
