import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { quantile } from "./load.ts";
import type { SequencerReply, SequencerRequest } from "./sequencer/request.ts";
import type { Row } from "./table.ts";
import { startWorkerd, type Workerd } from "./workerd.ts";

const LOADS = [
  { batch: 1, callers: 16 },
  { batch: 100, callers: 4 },
  { batch: 1_000, callers: 1 },
  { batch: 1_000, callers: 4 },
] as const;

/** Hashes in, signed checkpoint and proofs out: the sequencer without HTTP, signatures of authors, and the database. */
export async function sequencerRows(seconds: number): Promise<Row[]> {
  const state = await mkdtemp(path.join(tmpdir(), "quasarix-sequencer-"));
  const { x, d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const workerd = await startWorkerd({
    state,
    wranglerToml: path.join(import.meta.dirname, "sequencer/wrangler.toml"),
    bindings: { LOG_KEY: JSON.stringify({ x, d }) },
    migrations: null,
  });
  try {
    await ask(workerd, { ...LOADS[0], seconds: 0.5 });
    const rows: Row[] = [];
    for (const load of LOADS) rows.push(await measure(workerd, { ...load, seconds }));
    return rows;
  } finally {
    await workerd.kill("SIGKILL");
    await rm(state, { recursive: true, force: true });
  }
}

async function measure(workerd: Workerd, request: SequencerRequest): Promise<Row> {
  const before = workerd.cpuSeconds();
  const { appended, seconds, latenciesMs } = await ask(workerd, request);
  const after = workerd.cpuSeconds();
  const { batch, callers } = request;
  return {
    ...(callers === 1 ? { key: "sequencer-1000" as const } : {}),
    name: `sequencer alone, ${callers} ${callers === 1 ? "caller" : "callers"}, ${batch.toLocaleString("en-GB")} a call`,
    perSecond: appended / seconds,
    unit: "entries",
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    cpuMicros: before === null || after === null ? null : ((after - before) * 1e6) / appended,
    note: "flushed per group, published each second",
  };
}

async function ask(workerd: Workerd, request: SequencerRequest): Promise<SequencerReply> {
  const reply = await fetch(workerd.origin, { method: "POST", body: JSON.stringify(request) });
  if (!reply.ok) throw new Error(`sequencer bench: ${reply.status} ${await reply.text()}`);
  return (await reply.json()) as SequencerReply;
}
