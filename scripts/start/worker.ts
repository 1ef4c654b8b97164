import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readText } from "@quasarix/client/node/private-file.ts";
import { type Group, groupOf } from "../../bench/workerd/group.ts";
import { Complaint } from "./complaint.ts";
import { type Folders, ROOT } from "./folders.ts";

/** wrangler without a word to anybody outside this machine. */
const QUIET = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  X_LOCAL_OBSERVABILITY: "false",
  X_LOCAL_EXPLORER: "false",
  CI: "true",
};
const READY_MS = 60_000;
const POLL_MS = 100;

/** Refuses a port that somebody holds; wrangler would silently take another one. */
export async function checkPort(port: number, folders: Folders): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(null)));
  });
  if (error === null) return;
  if (error.code !== "EADDRINUSE") throw new Complaint(`port ${port}: ${error.message}`);
  const left = await readText(folders.group);
  const hint =
    left === null || !isAlive(Number(left))
      ? ""
      : `; perhaps an earlier start serves it still: \`kill -- -${left}\` ends that one`;
  throw new Complaint(`port ${port} is in use${hint}. PORT=8788 npm start takes another one`);
}

function isAlive(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Applies what `migrations/` has and the local database has not; costs nothing when the folder has not changed. */
export async function migrate(folders: Folders): Promise<void> {
  const stamp = path.join(folders.state, "migrated");
  const digest = await migrationsDigest();
  if ((await readText(stamp)) === digest) return;
  const args = ["d1", "migrations", "apply", "DB", "--local", "--persist-to", folders.state];
  const done = spawnSync("wrangler", args, { cwd: ROOT, env: { ...process.env, ...QUIET }, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`migrations failed\n${done.stdout}${done.stderr}`);
  await writeFile(stamp, digest);
}

async function migrationsDigest(): Promise<string> {
  const folder = path.join(ROOT, "migrations");
  const hash = createHash("sha256");
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort())
    hash.update(`${name}\n`).update(await readFile(path.join(folder, name)));
  return hash.digest("hex");
}

export interface Served {
  readonly origin: string;
  /** Ends the whole group; SIGKILL where it does not end by itself. */
  stop(): Promise<void>;
  /** Settles when it has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
}

const PATIENCE_MS = 5_000;

/** `wrangler dev` on loopback, in a process group of its own; ready when /health answers. What it says goes to a file. */
export async function serve(folders: Folders, port: number): Promise<Served> {
  await mkdir(path.dirname(folders.log), { recursive: true, mode: 0o700 });
  const args = ["dev", "--ip", "127.0.0.1", "--port", `${port}`, "--show-interactive-dev-session=false"];
  args.push("--persist-to", folders.state, "--env-file", folders.secrets);
  const child = spawn("wrangler", args, {
    cwd: ROOT,
    env: { ...process.env, ...QUIET },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(folders.log, { mode: 0o600 });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const group = groupOf(child);
  await writeFile(folders.group, `${group.pid}`);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const origin = `http://127.0.0.1:${port}`;
  if (!(await isReady(origin, ended))) {
    await stop(group, ended, folders);
    throw new Error(`the Worker did not start\n${await readFile(folders.log, "utf8")}`);
  }
  return { origin, ended, stop: () => stop(group, ended, folders) };
}

async function isReady(origin: string, ended: Promise<unknown>): Promise<boolean> {
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  for (const until = Date.now() + READY_MS; !hasEnded && Date.now() < until; await sleep(POLL_MS)) {
    const answer = await fetch(`${origin}/health`).catch(() => null);
    if (answer?.ok) return true;
  }
  return false;
}

async function stop(group: Group, ended: Promise<unknown>, folders: Folders): Promise<void> {
  void group.kill("SIGTERM");
  const late = AbortSignal.timeout(PATIENCE_MS);
  await Promise.race([ended, new Promise((resolve) => late.addEventListener("abort", resolve))]);
  // wrangler may be gone before what it started.
  await group.kill("SIGKILL");
  await rm(folders.group, { force: true });
}
