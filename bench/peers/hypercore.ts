import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Hypercore from "hypercore";
import { quantile } from "../load.ts";
import type { Row } from "../table.ts";

const BATCHES = [1, 64, 1000] as const;

/** hypercore appending the payloads, one signature an append. It does not flush each append to the disk. */
export async function hypercoreRows(payloads: readonly Uint8Array[], maxSeconds: number): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "quasarix-hypercore-"));
  try {
    const rows: Row[] = [];
    for (const batch of BATCHES) rows.push(await appendIn(path.join(folder, `${batch}`), batch, payloads, maxSeconds));
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function appendIn(
  folder: string,
  batch: number,
  payloads: readonly Uint8Array[],
  maxSeconds: number,
): Promise<Row> {
  const core = new Hypercore(folder);
  await core.ready();
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const started = performance.now();
  // The payloads go round, so that a batch is always full.
  for (let at = 0; performance.now() - started < maxSeconds * 1000; at += batch) {
    const blocks = Array.from({ length: batch }, (_, i) => payloads[(at + i) % payloads.length] as Uint8Array);
    const begun = performance.now();
    await core.append(batch === 1 ? (blocks[0] as Uint8Array) : blocks);
    latencies.push(performance.now() - begun);
  }
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const appended = core.length;
  await core.close();
  latencies.sort((a, b) => a - b);
  return {
    name: batch === 1 ? "hypercore, one at a time" : `hypercore, batches of ${batch.toLocaleString("en-GB")}`,
    perSecond: appended / seconds,
    unit: "entries",
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMicros: (user + system) / appended,
    note: "signed per append, not flushed",
  };
}
