import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { readdir } from "node:fs/promises";
import process from "node:process";

interface Running {
  readonly name: string;
  readonly parent: number;
  readonly bytes: number;
}

/** `VmRSS` and the like, in kB, of `/proc/<pid>/status`. */
function running(pid: string): Running | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const of = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, "m").exec(status)?.[1] ?? "0";
    return { name: of("Name"), parent: Number(of("PPid")), bytes: Number(of("VmRSS")) * 1024 };
  } catch {
    return null;
  }
}

/** The inode of the socket that listens on this port of 127.0.0.1, as `/proc/net/tcp` names it; null: none does. */
function listener(port: string): string | null {
  const local = `0100007F:${Number(port).toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = readFileSync("/proc/net/tcp", "utf8").split("\n");
  const columns = lines
    .map((line) => line.trim().split(/\s+/))
    .find(([, at, , state]) => at === local && state === "0A");
  return columns?.[9] ?? null;
}

/** Beside this run's workerd there may be another one, of another file. */
function holds(pid: string, inode: string): boolean {
  const open = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return "";
    }
  });
  return open.includes(`socket:[${inode}]`);
}

/** A service binding: what the workerd that asks holds in memory, in bytes; 0 where there is no `/proc`. */
export async function resident(_request: unknown, instance: { readonly ready: Promise<URL> }): Promise<Response> {
  const pids = await readdir("/proc").catch(() => []);
  const mine = pids
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const one = running(pid);
      return one?.name === "workerd" && one.parent === process.pid;
    });
  const inode = mine.length === 0 ? null : listener((await instance.ready).port);
  const asking = mine.find((pid) => inode !== null && holds(pid, inode));
  return Response.json(asking === undefined ? 0 : (running(asking)?.bytes ?? 0));
}
