import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FLOOR_PARTS, type FloorPart, type FloorRequest } from "./floor/parts.ts";
import type { StatementShape } from "./payload.ts";
import type { Row } from "./table.ts";
import { startWorkerd, type Workerd } from "./workerd.ts";

const NAMES: Record<FloorPart, string> = {
  verify: "floor: one Ed25519 verify",
  hash: "floor: SHA-256 of the JWT and its disclosures",
  seal: "floor: AES-GCM of the sections",
  insert: "floor: one SQLite insert",
};

/** What one statement costs at least, measured in workerd itself; the last row is the sum. */
export async function floorRows(shape: StatementShape, count: number): Promise<Row[]> {
  const state = await mkdtemp(path.join(tmpdir(), "quasarix-floor-"));
  const wranglerToml = path.join(import.meta.dirname, "floor/wrangler.toml");
  const workerd = await startWorkerd({ state, wranglerToml, migrations: null });
  try {
    const rows: Row[] = [];
    for (const part of FLOOR_PARTS) rows.push(await measure(workerd, { part, count, shape }));
    return [...rows, total(rows)];
  } finally {
    await workerd.kill("SIGKILL");
    await rm(state, { recursive: true, force: true });
  }
}

async function measure(workerd: Workerd, request: FloorRequest): Promise<Row> {
  await ask(workerd, { ...request, count: Math.ceil(request.count / 20) });
  const cpu = workerd.cpuSeconds();
  const started = performance.now();
  await ask(workerd, request);
  const seconds = (performance.now() - started) / 1000;
  const after = workerd.cpuSeconds();
  const cpuMicros = cpu === null || after === null ? null : ((after - cpu) * 1e6) / request.count;
  return { name: NAMES[request.part], perSecond: request.count / seconds, unit: "statements", cpuMicros };
}

async function ask(workerd: Workerd, request: FloorRequest): Promise<void> {
  const reply = await fetch(workerd.origin, { method: "POST", body: JSON.stringify(request) });
  if (!reply.ok) throw new Error(`floor \`${request.part}\`: ${reply.status} ${await reply.text()}`);
}

function total(rows: readonly Row[]): Row {
  const seconds = rows.reduce((sum, row) => sum + 1 / row.perSecond, 0);
  const known = rows.every((row) => typeof row.cpuMicros === "number");
  const cpuMicros = known ? rows.reduce((sum, row) => sum + (row.cpuMicros ?? 0), 0) : null;
  return { key: "floor", name: "floor: all of it", perSecond: 1 / seconds, unit: "statements", cpuMicros };
}
