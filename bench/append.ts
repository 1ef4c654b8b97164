import { setTimeout as sleep } from "node:timers/promises";
import { type Consortium, startConsortium } from "./append/consortium.ts";
import { type LoadResult, runLoad } from "./load.ts";
import type { StatementShape } from "./payload.ts";
import type { Row, RowKey } from "./table.ts";

interface Load {
  readonly clients: number;
  /** Statements a request. */
  readonly bulk: number;
  readonly statements: number;
  readonly key?: RowKey;
}

// The first of each pair saturates the Worker; the second shows what a request takes while it does not.
const LOADS: readonly Load[] = [
  { clients: 16, bulk: 1, statements: 2_000, key: "append-1" },
  { clients: 1, bulk: 1, statements: 300 },
  { clients: 4, bulk: 100, statements: 8_000, key: "append-100" },
  { clients: 1, bulk: 100, statements: 4_000 },
  { clients: 4, bulk: 1_000, statements: 8_000, key: "append-1000" },
  { clients: 1, bulk: 1_000, statements: 4_000 },
];
const WARM_UP: Load = { clients: 4, bulk: 100, statements: 2_000 };

/** A process of the Worker for each core, and one of the state: workerd alone has one thread. */
const FRONTS = 2;
const FRONT_LOADS: readonly Load[] = [
  { clients: 8, bulk: 100, statements: 16_000, key: "append-100-fronts" },
  { clients: 8, bulk: 1_000, statements: 16_000, key: "append-1000-fronts" },
];
const FRONT_WARM_UP: Load = { clients: 4, bulk: 500, statements: 4_000 };

/** Long enough that all submissions are in before a round takes the first. */
const ROUND_SECONDS = 45;
/** What one round takes at once (workers/duty/intake.ts). */
const ROUND_LIMIT = 1_000;
const SUBMISSIONS = 4 * ROUND_LIMIT;
const PATIENCE_SECONDS = 180;

export interface AppendResults {
  readonly rows: readonly Row[];
  /** Some of the statements appended, for others to append the same bytes. */
  readonly statements: readonly string[];
}

/** Over HTTP: each statement verified, encrypted, staged, logged, and answered with its receipt. */
export async function appendResults(): Promise<AppendResults> {
  const alone = await appended(0, [WARM_UP, ...LOADS]);
  const { rows } = await appended(FRONTS, [FRONT_WARM_UP, ...FRONT_LOADS]);
  return { ...alone, rows: [...alone.rows, ...rows] };
}

/** The first load warms the code and has no row. */
async function appended(fronts: number, loads: readonly Load[]): Promise<AppendResults> {
  const consortium = await startConsortium(ROUND_SECONDS, { fronts });
  try {
    const rows: Row[] = [];
    const statements: string[] = [];
    for (const load of loads) {
      const { row, sent } = await post(consortium, "audits", load);
      rows.push(fronts > 0 ? { ...row, name: `${row.name}, ${fronts} fronts` } : row);
      if (statements.length < 2_000) statements.push(...sent.slice(0, 2_000));
    }
    return { rows: rows.slice(1), statements };
  } finally {
    await consortium.remove();
  }
}

/** Submissions as a member hands them in, and intake's rounds that re-issue them as audits: two rates. */
export async function submissionRows(): Promise<Row[]> {
  const consortium = await startConsortium(ROUND_SECONDS);
  try {
    const load: Load = { clients: 4, bulk: 1_000, statements: SUBMISSIONS };
    const empty = await consortium.logSize();
    const { row } = await post(consortium, "submissions", load);
    const full = await consortium.logSize();
    if (full >= empty + 2 * SUBMISSIONS) throw new Error("the round came before the bench looked");
    return [row, await intakeRow(consortium, full)];
  } finally {
    await consortium.remove();
  }
}

async function post(
  consortium: Consortium,
  kind: "audits" | "submissions",
  { clients, bulk, statements, key }: Load,
): Promise<{ row: Row; sent: readonly string[] }> {
  const { workerd, auditor, member } = consortium;
  const sent = await consortium[kind](statements);
  const parts = Array.from({ length: statements / bulk }, (_, n) => sent.slice(n * bulk, (n + 1) * bulk));
  const who = kind === "audits" ? auditor : member;
  const requests = await Promise.all(parts.map((part) => consortium.request(who, part)));
  const before = workerd.cpuSeconds();
  const result = await runLoad({ origins: workerd.origins, requests, clients, maxSeconds: 50 });
  const after = workerd.cpuSeconds();
  const logged = receiptsOf(result, bulk);
  const row: Row = {
    ...(key ? { key } : {}),
    name: `${kind} over HTTP, ${bulk.toLocaleString("en-GB")} a request, ${clients} ${clients === 1 ? "client" : "clients"}`,
    perSecond: logged / result.seconds,
    unit: "statements",
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    cpuMicros: before === null || after === null ? null : ((after - before) * 1e6) / logged,
    note: "times are of a request",
  };
  return { row, sent };
}

/** How many statements have their receipt. Throws on a refusal: it would be a bench of refusals. */
function receiptsOf({ answers }: LoadResult, bulk: number): number {
  let receipts = 0;
  for (const answer of answers) {
    if (!answer) continue;
    const lines = answer.body.trimEnd().split("\n");
    const refused = lines.find((line) => !line.includes('"statementHash"'));
    if (refused !== undefined || lines.length !== bulk) throw new Error(`${answer.status} ${refused ?? lines.length}`);
    receipts += lines.length;
  }
  return receipts;
}

/** From the moment workerd is busy to the last audit in the log: a round says nothing to the outside when it begins. */
async function intakeRow({ workerd, logSize }: Consortium, before: number): Promise<Row> {
  const cpu = await idleUntilBusy(workerd);
  const started = performance.now();
  await sizeFrom(logSize, before + SUBMISSIONS);
  const seconds = (performance.now() - started) / 1000;
  const after = workerd.cpuSeconds();
  return {
    name: `intake, rounds of ${ROUND_LIMIT.toLocaleString("en-GB")}`,
    perSecond: SUBMISSIONS / seconds,
    unit: "statements",
    cpuMicros: cpu === null || after === null ? null : ((after - cpu) * 1e6) / SUBMISSIONS,
    note: "opened, re-issued, sealed, staged, logged",
  };
}

const LOOK_MS = 100;
/** More than duty's ticks and the log's publishing take. */
const BUSY_SHARE = 0.5;

/** Processor seconds at the beginning of the first interval that was busy; null at once where the system does not tell. */
async function idleUntilBusy({ cpuSeconds }: Consortium["workerd"]): Promise<number | null> {
  for (const started = Date.now(); Date.now() - started < PATIENCE_SECONDS * 1000; ) {
    const before = cpuSeconds();
    await sleep(LOOK_MS);
    const after = cpuSeconds();
    if (before === null || after === null) return null;
    if ((after - before) * 1000 > BUSY_SHARE * LOOK_MS) return before;
  }
  throw new Error("no round begins");
}

async function sizeFrom(logSize: () => Promise<number>, enough: number): Promise<void> {
  for (const started = Date.now(); Date.now() - started < PATIENCE_SECONDS * 1000; await sleep(LOOK_MS)) {
    if ((await logSize()) >= enough) return;
  }
  throw new Error(`the log does not reach ${enough}`);
}

/** What these statements are like, for the floor. */
export function shapeOf(statements: readonly string[], sections: number): StatementShape {
  const [jwt = "", ...disclosures] = (statements[0] ?? "").split("~").slice(0, -1);
  const length = disclosures.reduce((sum, one) => sum + one.length, 0);
  const disclosure = Math.round(length / disclosures.length);
  return { jwt: jwt.length, disclosures: disclosures.length, disclosure, sections };
}
