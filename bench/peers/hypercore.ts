import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Hypercore from "hypercore";
import { quantile } from "../load.ts";
import type { Row, RowKey } from "../table.ts";

interface Load {
  readonly batch: number;
  /** Bytes an entry; the payload is cut to it. */
  readonly length: number;
  readonly key?: RowKey;
}

// Three hashes, what the sequencer is given of a statement.
const HASHES = 96;

const loadsOf = (whole: number): readonly Load[] => [
  { batch: 1, length: whole, key: "hypercore-1" },
  { batch: 64, length: whole },
  { batch: 1_000, length: whole, key: "hypercore-1000" },
  { batch: 1_000, length: HASHES, key: "hypercore-1000-hashes" },
];

/** hypercore appending the payloads, one signature an append. It does not flush each append to the disk. */
export async function hypercoreRows(payloads: readonly Uint8Array[], maxSeconds: number): Promise<Row[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "quasarix-hypercore-"));
  try {
    const rows: Row[] = [];
    for (const [i, load] of loadsOf(payloads[0]?.length ?? 0).entries()) {
      const cut = payloads.map((payload) => payload.subarray(0, load.length));
      rows.push(await appendIn(path.join(folder, `${i}`), load, cut, maxSeconds));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function appendIn(
  folder: string,
  { batch, length, key }: Load,
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
    ...(key ? { key } : {}),
    name: `hypercore, ${batch === 1 ? "one at a time" : `batches of ${batch.toLocaleString("en-GB")}`}, ${length.toLocaleString("en-GB")} bytes`,
    perSecond: appended / seconds,
    unit: "entries",
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    cpuMicros: (user + system) / appended,
    note: "signed per append, not flushed",
  };
}
