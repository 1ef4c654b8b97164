import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** Rows that ratios of one run are made of. */
export type RowKey =
  | "floor"
  | "append-1"
  | "append-100"
  | "append-1000"
  | "append-100-fronts"
  | "append-1000-fronts"
  | "verify-export"
  | "verify-raw"
  | "verify-least"
  | "sequencer-1000"
  | "hypercore-1"
  | "hypercore-1000"
  | "hypercore-1000-hashes"
  | "postgres-8";

export interface Row {
  readonly key?: RowKey;
  readonly name: string;
  readonly perSecond: number;
  /** What is counted: statements, entries, proofs. */
  readonly unit: string;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  /** Processor time for one of `unit`, of the process measured alone; null where the system does not tell. */
  readonly cpuMicros?: number | null;
  readonly note?: string;
}

/** Two figures of one run. `aim` says in words what we hold ourselves to; nothing here is asserted. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  readonly aim: string;
}

export interface Results {
  readonly rows: readonly Row[];
  readonly ratios: readonly Ratio[];
  /** Why a part was left out. */
  readonly skipped: readonly string[];
}

const HEAD = ["", "per second", "", "p50 ms", "p99 ms", "cpu us", ""] as const;
const IS_NUMBER = [false, true, false, true, true, true, false] as const;

const figure = (value: number | null | undefined): string => {
  if (value === null || value === undefined || Number.isNaN(value)) return "";
  return value.toLocaleString("en-GB", { maximumFractionDigits: value < 100 ? 2 : 0 });
};

export function formatTable({ rows, ratios, skipped }: Results): string {
  const cells = rows.map((row) => [
    row.name,
    figure(row.perSecond),
    row.unit,
    figure(row.p50Ms),
    figure(row.p99Ms),
    figure(row.cpuMicros),
    row.note ?? "",
  ]);
  const widths = HEAD.map((head, i) => Math.max(head.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (IS_NUMBER[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  return [
    ...[HEAD, ...cells].map(line),
    ...ratios.map(({ name, value, aim }) => `${name}: ${figure(value)} (aim: ${aim})`),
    ...skipped.map((reason) => `skipped: ${reason}`),
  ].join("\n");
}

function machine() {
  const [cpu] = os.cpus();
  return { cpus: os.cpus().length, model: cpu?.model ?? "unknown", node: process.version, system: os.platform() };
}

/** Writes one JSON file a run into `folder`; gives its path. */
export async function writeResults(folder: string, results: Results): Promise<string> {
  await mkdir(folder, { recursive: true });
  const at = new Date().toISOString();
  const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  const file = path.join(folder, `${at.replaceAll(":", "-")}.json`);
  await writeFile(file, `${JSON.stringify({ at, commit, machine: machine(), ...results }, null, 2)}\n`);
  return file;
}
