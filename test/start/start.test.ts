import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { readConfig, readPolicy } from "@quasarix/client/node/config.ts";
import { readIdentity } from "@quasarix/client/node/identity.ts";
import { memoryKeep } from "@quasarix/client/ports.ts";
import { all } from "@quasarix/client/routes.ts";
import { allSites } from "@quasarix/client/sites.ts";
import { health } from "@quasarix/shared/wire/health.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { must, type Party, party } from "../../scripts/demonstration/party.ts";
import { auditsOf, SMALL, sitesIn } from "../../scripts/demonstration/plan.ts";

const root = path.resolve(import.meta.dirname, "../..");
/** Each costs a start: in a long run alone. */
const KILLED_AT = process.env["LONG"] === "1" ? ["sites", "reports", "votes", "release"] : [];
const MINUTES = (process.env["LONG"] === "1" ? 15 : 5) * 60_000;
let folder = "";
let port = 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "quasarix-start-"));
  port = await freePort();
});
afterAll(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: found } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return found;
}

/** One memory for all looks: each has to be of a log that only grew since the one before. */
const keep = memoryKeep();
let running: ChildProcess | null = null;

/** `npm start` on a folder of its own; resolves when a line begins with `until`. */
async function start(until: string): Promise<void> {
  const command = [path.join(root, "bin/with-node.mjs"), "node", path.join(root, "scripts/start.ts"), "--small"];
  const env = { ...process.env, QUASARIX_FOLDER: folder, QUASARIX_HOME: "", PORT: `${port}` };
  const child = spawn(process.execPath, command, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running = child;
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        if (line.startsWith(until)) resolve();
      });
    }
    child.once("exit", () => reject(new Error(`npm start ended\n${said.join("\n")}`)));
  });
}

/** As a power cut does it: the start, and the group that it serves with, at once and without a word. */
async function killAll(): Promise<void> {
  const served = Number(await readFile(path.join(folder, ".wrangler/start.pid"), "utf8").catch(() => "0"));
  for (const pid of [running?.pid ?? 0, served]) {
    try {
      if (pid > 0) process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  }
  if (running && running.exitCode === null && running.signalCode === null) await once(running, "exit");
  running = null;
}

async function member(handle: string): Promise<Party> {
  const home = path.join(folder, ".quasarix");
  const who = await readIdentity(home, handle);
  const policy = await readPolicy(home);
  if (!who.ok || who.value.org === null || policy === null) throw new Error(`\`${handle}\` is not there`);
  const place = { home, api: `http://127.0.0.1:${port}`, policy, keep };
  return party(place, handle, { ...who.value, org: who.value.org });
}

/** Checkpoints leave once a second at most: what is committed may not be published yet. */
async function allPublished(): Promise<void> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(200)) {
    const { log, published } = health.parse(await (await fetch(`http://127.0.0.1:${port}/health`)).json());
    if (log.size === published.size) return;
  }
  throw new Error("the log is not published to its end");
}

async function standing() {
  await allPublished();
  const { client } = await member("operator");
  const page = { limit: 100 };
  const log = must(await client.log.advance());
  const audits: string[] = [];
  for (const { handle } of SMALL.suppliers) {
    const supplier = await member(handle);
    const own = must(
      await all((cursor) => supplier.client.routes.audits({ ...page, cursor, purpose: "due-diligence" })),
    );
    audits.push(...own.map(({ audit }) => audit));
  }
  return {
    organisations: must(await client.routes.organisations(page))
      .items.map(({ name }) => name)
      .sort(),
    sites: must(await allSites(client))
      .map(({ name }) => name)
      .sort(),
    audits: audits.sort(),
    releases: must(await client.routes.releases(page)).items.map(({ file }) => file),
    size: log?.checkpoint.size ?? 0,
  };
}

test(
  "npm start founds the demonstration through the API, goes on where it was killed, and finds its data again",
  async () => {
    console.log(`the small demonstration: ${auditsOf(SMALL)} audits at ${sitesIn(SMALL).length} sites`);
    for (const step of KILLED_AT) {
      await start(step);
      await killAll();
    }

    await start("Ctrl-C ends it");
    const first = await standing();
    expect(first.organisations.length).toBe(1 + SMALL.members.length + SMALL.auditors.length + SMALL.suppliers.length);
    expect(first.sites).toEqual(
      sitesIn(SMALL)
        .map(({ name }) => name)
        .sort(),
    );
    expect(first.audits.length).toBe(auditsOf(SMALL));
    expect(new Set(first.audits).size).toBe(auditsOf(SMALL));
    expect(first.releases.length).toBe(1);
    await killAll();

    await start("Ctrl-C ends it");
    // The daily keyring may be stated meanwhile: the log may have grown, and `advance` has demanded that it only grew.
    const { size, ...found } = await standing();
    expect({ ...found, size: first.size }).toEqual(first);
    expect(size).toBeGreaterThanOrEqual(first.size);

    for (const secret of [".dev.vars", ".quasarix/identities/operator.json", ".quasarix/identities/birch.json"])
      expect((await stat(path.join(folder, secret))).mode & 0o777).toBe(0o600);
    expect((await readConfig(path.join(folder, ".quasarix"))).identity).toBe("birch");

    const ended = running && once(running, "exit");
    running?.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  },
  MINUTES,
);
