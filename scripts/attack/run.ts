import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import type { Measure } from "../../test/attack/measured.ts";

export interface Attack {
  /** `r1-epsilon`. */
  readonly name: string;
  /** From the root. */
  readonly file: string;
}

export interface Outcome {
  readonly passed: number;
  /** Names of the tests that failed. */
  readonly failed: readonly string[];
  readonly rows: readonly Measure[];
  /** From an earlier run over the same code. */
  readonly isKept: boolean;
}

/** S before R, each by its number. */
export function attacksIn(folder: string): Attack[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
  const place = (file: string): number => Number(/^[rs](\d+)-/.exec(file)?.[1] ?? 0) + (file.startsWith("r") ? 100 : 0);
  return files
    .toSorted((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map((file) => ({ name: file.replace(/(\.workerd)?\.test\.ts$/, ""), file: `test/attack/${file}` }));
}

/** What the tree holds that an attack could depend on. */
export function fingerprint(root: string): string {
  const git = (...args: string[]): Buffer => execFileSync("git", args, { cwd: root, maxBuffer: 1 << 28 });
  const watched = ["packages", "workers", "test/attack", "migrations"];
  return createHash("sha256")
    .update(git("ls-files", "-s", ...watched))
    .update(git("diff", ...watched))
    .digest("hex");
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs one file at full size, or takes what an earlier run over the same code has left. */
export async function outcomeOf(
  root: string,
  { name, file }: Attack,
  asked: { state: string; again: boolean },
): Promise<Outcome> {
  const folder = path.join(root, ".work/attack");
  mkdirSync(folder, { recursive: true });
  const [kept, table, report, log] = ["kept.json", "table.jsonl", "report.json", "log"].map((end) =>
    path.join(folder, `${name}.${end}`),
  ) as [string, string, string, string];
  if (!asked.again && existsSync(kept)) {
    const before = JSON.parse(readFileSync(kept, "utf8")) as Outcome & { state: string };
    if (before.state === asked.state) return { ...before, isKept: true };
  }
  for (const old of [kept, table, report]) rmSync(old, { force: true });
  await run(root, file, { table, report, log });
  const outcome = { ...said(report), rows: rowsIn(table), isKept: false };
  if (outcome.failed.length === 0 && outcome.passed > 0)
    writeFileSync(kept, JSON.stringify({ ...outcome, state: asked.state }));
  return outcome;
}

async function run(root: string, file: string, to: { table: string; report: string; log: string }): Promise<void> {
  const config = file.endsWith(".workerd.test.ts") ? "vitest.workerd.config.ts" : "vitest.config.ts";
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", config, file];
  const output = ["--reporter=default", "--reporter=json", `--outputFile.json=${to.report}`];
  const env = { ...process.env, ATTACK: "1", LONG: "1", ATTACK_TABLE: to.table, NO_COLOR: "1" };
  const child = spawn(process.execPath, [...args, ...output], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const lines: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => lines.push(part));
  await once(child, "close");
  writeFileSync(to.log, Buffer.concat(lines));
}

function said(report: string): Pick<Outcome, "passed" | "failed"> {
  if (!existsSync(report)) return { passed: 0, failed: ["the tests did not run"] };
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const each = testResults.flatMap(({ assertionResults }) => assertionResults);
  const names = (status: string): string[] =>
    each.filter((one) => one.status === status).map(({ fullName }) => fullName);
  return { passed: names("passed").length, failed: names("failed") };
}

const rowsIn = (table: string): Measure[] =>
  existsSync(table)
    ? readFileSync(table, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Measure)
    : [];
