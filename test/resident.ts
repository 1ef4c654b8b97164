import { readFileSync } from "node:fs";
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

/** A service binding: what the workerd of this run holds in memory, in bytes; 0 where there is no `/proc`. */
export async function resident(): Promise<Response> {
  const pids = await readdir("/proc").catch(() => []);
  const all = pids.filter((name) => /^\d+$/.test(name)).map(running);
  const mine = all.filter((one) => one?.name === "workerd" && one.parent === process.pid);
  return Response.json(mine.reduce((sum, one) => sum + (one?.bytes ?? 0), 0));
}
