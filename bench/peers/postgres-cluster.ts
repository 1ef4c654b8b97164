import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type Group, groupOf } from "../workerd/group.ts";

const run = promisify(execFile);
const DEBIAN = "/usr/lib/postgresql";
const START_TRIES = 100;

/** The folder with postgres, initdb and pgbench; null where no server is at hand. */
export function postgresFolder(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env["PATH"] ?? "").split(path.delimiter),
    ...versions.map((version) => path.join(DEBIAN, version, "bin")),
  ];
  const found = folders.find((folder) => existsSync(path.join(folder, "postgres")));
  if (!found) return null;
  const real = path.dirname(realpathSync(path.join(found, "postgres")));
  return ["initdb", "pgbench", "psql"].every((name) => existsSync(path.join(real, name))) ? real : null;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

// The server refuses to run as root.
async function unprivileged(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    try {
      const { stdout } = await run("id", ["-u", name]);
      const group = await run("id", ["-g", name]);
      return { uid: Number(stdout), gid: Number(group.stdout) };
    } catch {}
  }
  throw new Error("no account but root to run PostgreSQL under");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address === "string") throw new Error("no free port");
  return address.port;
}

/** A throwaway cluster with its defaults (fsync on), on loopback, under a password of its own. */
export class Cluster {
  readonly folder: string;
  readonly #bin: string;
  readonly #as: Account | null;
  readonly #env: NodeJS.ProcessEnv;
  #server: Group | null = null;

  private constructor(bin: string, folder: string, as: Account | null, env: NodeJS.ProcessEnv) {
    this.#bin = bin;
    this.folder = folder;
    this.#as = as;
    this.#env = env;
  }

  static async start(bin: string): Promise<Cluster> {
    const folder = await mkdtemp(path.join(tmpdir(), "quasarix-postgres-"));
    const as = await unprivileged();
    if (as) await chown(folder, as.uid, as.gid);
    const password = randomBytes(16).toString("hex");
    const port = await freePort();
    const connection = { PGHOST: "127.0.0.1", PGPORT: `${port}`, PGUSER: "bench", PGDATABASE: "postgres" };
    const cluster = new Cluster(bin, folder, as, { ...process.env, ...connection, PGPASSWORD: password, LC_ALL: "C" });
    try {
      await cluster.#init(password);
      await cluster.#serve(port);
      return cluster;
    } catch (error) {
      await cluster.remove();
      throw error;
    }
  }

  async run(program: string, args: readonly string[]): Promise<string> {
    const options = { cwd: this.folder, env: this.#env, maxBuffer: 1 << 26, ...this.#as };
    const { stdout } = await run(path.join(this.#bin, program), args, options);
    return stdout;
  }

  sql(text: string): Promise<string> {
    return this.run("psql", ["-qAt", "-v", "ON_ERROR_STOP=1", "-c", text]);
  }

  /** Fast shutdown, then nothing is left of it. */
  async remove(): Promise<void> {
    await this.#server?.kill("SIGINT");
    await rm(this.folder, { recursive: true, force: true });
  }

  async #init(password: string): Promise<void> {
    const secret = path.join(this.folder, "password");
    await writeFile(secret, password, { mode: 0o600 });
    if (this.#as) await chown(secret, this.#as.uid, this.#as.gid);
    const auth = ["-U", "bench", "-A", "scram-sha-256", `--pwfile=${secret}`];
    await this.run("initdb", ["-D", path.join(this.folder, "data"), ...auth, "--no-sync", "-E", "UTF8"]);
  }

  async #serve(port: number): Promise<void> {
    const settings = ["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${this.folder}`];
    const args = ["-D", path.join(this.folder, "data"), ...settings.flatMap((setting) => ["-c", setting])];
    const child = spawn(path.join(this.#bin, "postgres"), args, {
      cwd: this.folder,
      env: this.#env,
      detached: true,
      stdio: "ignore",
      ...this.#as,
    });
    this.#server = groupOf(child);
    for (let tries = 0; ; tries++) {
      try {
        await this.sql("SELECT 1");
        return;
      } catch (error) {
        if (tries === START_TRIES) throw error;
        await sleep(100);
      }
    }
  }
}
