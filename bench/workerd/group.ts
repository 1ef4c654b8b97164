import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

const running = new Set<number>();
process.on("exit", () => {
  for (const pid of running) signalGroup(pid, "SIGKILL");
});

/** A process started with `detached: true`, and all it starts: one signal reaches the whole group. */
export interface Group {
  readonly pid: number;
  /** Sends the signal and, where it ends the process, waits until it has ended. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** User and system time of the leading processes with all their threads; null where there is no /proc. */
  cpuSeconds(): number | null;
}

export function groupOf(child: ChildProcess): Group {
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start \`${child.spawnfile}\``);
  running.add(pid);
  const ended = once(child, "exit").then(() => running.delete(pid));
  return {
    pid,
    async kill(signal) {
      signalGroup(pid, signal);
      if (signal !== "SIGSTOP" && signal !== "SIGCONT") await ended;
    },
    cpuSeconds: () => cpuSeconds(pid),
  };
}

/** Several as one; its pid is the first one's. Requires one at least. */
export function allOf(groups: readonly Group[]): Group {
  return {
    pid: (groups[0] as Group).pid,
    kill: async (signal) => {
      await Promise.all(groups.map((group) => group.kill(signal)));
    },
    cpuSeconds: () => {
      const seconds = groups.map((group) => group.cpuSeconds());
      return seconds.includes(null) ? null : seconds.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

let ticks = 0;

/** proc(5): utime and stime are fields 14 and 15, counted after the command's name, which may hold spaces. */
export function cpuSeconds(pid: number): number | null {
  if (process.platform !== "linux") return null;
  ticks ||= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}
