import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import type { Planted } from "./patch.ts";

/** What the named tests said. A file that does not even load has run no test. */
export interface Verdict {
  readonly passed: number;
  /** Names of the tests that failed. */
  readonly failed: readonly string[];
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const LONGEST_MS = 15 * 60_000;

/** Runs the tests that a patch names, in the copy as it stands. */
export async function verdictOn(copy: string, { file, tests }: Pick<Planted, "file" | "tests">): Promise<Verdict> {
  const report = path.join(copy, "verdict.json");
  rmSync(report, { force: true });
  const config = file.endsWith(".workerd.test.ts") ? "vitest.workerd.config.ts" : "vitest.config.ts";
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", config, file];
  const output = ["--reporter=json", `--outputFile=${report}`, ...(tests ? ["-t", tests] : [])];
  // What is beside the repository is not beside its copy.
  const shared = path.resolve(process.env["QUASARIX_SHARED"] ?? "../shared");
  const env = { ...process.env, QUASARIX_SHARED: shared };
  const child = spawn(process.execPath, [...args, ...output], { cwd: copy, stdio: "ignore", env });
  const timer = setTimeout(() => child.kill("SIGKILL"), LONGEST_MS);
  await once(child, "close");
  clearTimeout(timer);
  return existsSync(report) ? read(readFileSync(report, "utf8")) : { passed: 0, failed: [] };
}

function read(text: string): Verdict {
  const said = (JSON.parse(text) as Report).testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: said.filter(({ status }) => status === "passed").length,
    failed: said.filter(({ status }) => status === "failed").map(({ fullName }) => fullName),
  };
}
