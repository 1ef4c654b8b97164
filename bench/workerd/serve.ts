import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type Group, groupOf } from "./group.ts";

const READY_SECONDS = 30;

/** Of each socket, by its name. */
export type Ports = Readonly<Record<string, number>>;

export interface Serving {
  /** Lines that workerd and the Worker's `console` write; the default shows them. */
  readonly onLine?: (line: string) => void;
}

/** workerd under that configuration, when all the sockets named are open. Throws with its own words when it cannot start. */
export async function serve(
  config: string,
  options: Serving,
  sockets: readonly string[],
): Promise<{ group: Group; ports: Ports }> {
  const { onLine = (line) => console.error(line) } = options;
  // `experimental` is what miniflare's own Workers are compiled against.
  const child = spawn(workerdBinary(), ["serve", config, "--experimental", "--control-fd=3"], {
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
  const ports = await portsOf(child.stdio[3] as Readable, sockets);
  isReady = true;
  if (ports) {
    for (const line of said) onLine(line);
    return { group, ports };
  }
  await group.kill("SIGKILL");
  throw new Error(`workerd did not start\n${said.join("\n")}`);
}

/** workerd writes a line a socket to its control pipe; null when it ends or stays silent before it has named all. */
async function portsOf(control: Readable, sockets: readonly string[]): Promise<Ports | null> {
  const late = setTimeout(() => control.destroy(), READY_SECONDS * 1000);
  const ports: Record<string, number> = {};
  control.on("error", () => {});
  const lines = createInterface({ input: control });
  const found = await new Promise<Ports | null>((resolve) => {
    lines.on("close", () => resolve(null));
    lines.on("line", (line) => {
      const { event, socket, port } = JSON.parse(line) as { event: string; socket: string; port: number };
      if (event === "listen") ports[socket] = port;
      if (sockets.every((name) => ports[name])) resolve(ports);
    });
  });
  clearTimeout(late);
  return found;
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
