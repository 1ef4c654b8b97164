import { once } from "node:events";
import os from "node:os";
import { Worker } from "node:worker_threads";
import { useNodeEngines } from "@quasarix/client/node/engines.ts";
import { quantile } from "./load.ts";
import type { Row, RowKey } from "./table.ts";
import { exportFile } from "./verify/export-file.ts";
import type { Share, Task } from "./verify/thread.ts";

const STATEMENTS = 10_000;
const ROUNDS = 5;
const TASKS = ["raw", "least", "verify"] as const;

const NAMES: Readonly<Record<Task, { key: RowKey; name: string; note: string }>> = {
  verify: {
    key: "verify-export",
    name: "offline verification of one export",
    note: "whole audits; keyring and checkpoint once a thread",
  },
  raw: { key: "verify-raw", name: "raw Ed25519 verifies of its statements", note: "node:crypto" },
  least: {
    key: "verify-least",
    name: "raw verifies, JSON, base64url and SHA-256 of its statements",
    note: "Node's own; no proof, nothing checked but the signature",
  },
};

/** All cores; the tasks take turns, so that a slow minute slows both. */
export async function verifyRows(): Promise<Row[]> {
  useNodeEngines();
  const { file, policy, publicKey } = await exportFile(STATEMENTS);
  const [head = "", ...lines] = file.trimEnd().split("\n");
  const cores = os.availableParallelism();
  const part = Math.ceil(lines.length / cores);
  const threads = Array.from({ length: cores }, (_, n) => {
    const share: Share = { head, lines: lines.slice(n * part, (n + 1) * part), policy, publicKey };
    return new Worker(new URL("./verify/thread.ts", import.meta.url), { workerData: share });
  });
  try {
    await Promise.all(threads.map((thread) => once(thread, "message")));
    const turns: Record<Task, Turn[]> = { verify: [], least: [], raw: [] };
    for (let round = 0; round <= ROUNDS; round++) {
      for (const task of TASKS) {
        const turn = await run(threads, task);
        // The first warms the code.
        if (round > 0) turns[task].push(turn);
      }
    }
    return TASKS.map((task) => rowOf(task, turns[task]));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

interface Turn {
  readonly seconds: number;
  readonly cpuMicros: number;
}

async function run(threads: readonly Worker[], task: Task): Promise<Turn> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const done = threads.map((thread) => once(thread, "message"));
  for (const thread of threads) thread.postMessage(task);
  await Promise.all(done);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuMicros: (user + system) / STATEMENTS };
}

function rowOf(task: Task, turns: readonly Turn[]): Row {
  const { key, name, note } = NAMES[task];
  const median = (values: readonly number[]) =>
    quantile(
      values.toSorted((a, b) => a - b),
      0.5,
    );
  return {
    key,
    name: `${name}, ${STATEMENTS.toLocaleString("en-GB")} statements, ${os.availableParallelism()} threads`,
    perSecond: STATEMENTS / median(turns.map(({ seconds }) => seconds)),
    unit: "statements",
    cpuMicros: median(turns.map((turn) => turn.cpuMicros)),
    note,
  };
}
