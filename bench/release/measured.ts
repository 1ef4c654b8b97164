import { readFile } from "node:fs/promises";

/** What a process of its own says of its work, as its last line. */
export interface Measured {
  /** Of the work alone: neither the start of the process nor what is only there to measure. */
  readonly seconds: number;
  /** Processor time of the same, all threads. */
  readonly cpuSeconds: number;
  /** Peak resident memory of the whole process, bytes. */
  readonly peak: number;
  /** To see that both sides counted the same: the sum of all bins before floor and noise, or of what was made. */
  readonly total: number;
}

/** Runs `work` and prints the figures. */
export async function measure(work: () => number | Promise<number>): Promise<void> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const total = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const measured: Measured = {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peak: await peakBytes(),
    total,
  };
  console.log(JSON.stringify(measured));
}

/** VmHWM, where there is one: the system's other figure begins with what the parent held when it forked. */
async function peakBytes(): Promise<number> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const kilobytes = /^VmHWM:\s*(?<kb>\d+) kB$/m.exec(status)?.groups?.["kb"];
  return 1024 * (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes));
}
