// Runs the tests in Node and in workerd, one after the other, and says how many passed, failed and were skipped.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statfsSync } from "node:fs";
import process from "node:process";
import { createInterface } from "node:readline";
import { totalOf } from "./test-total.mjs";

const isLong = process.argv.includes("--long");
const folder = ".work/reports";
const colour = process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };
const env = { ...process.env, LONG: isLong ? "1" : "", ...colour };
const scratch = inMemory();
if (scratch) env.TMPDIR = scratch;

mkdirSync(folder, { recursive: true });

/** The Worker's own line for each request, and what workerd says about the tests' own doings: thousands of lines. */
const NOISE = [
  /^\{.*"requestId"/,
  /^console warning; message = Called \.text\(\) on an HTTP body which does not appear to be text/,
  /Application called deleteAllDurableObjects\(\)/,
  /^stack: .*workerd@/,
  /^ +at async D1Entry\.fetch /,
  // Bodies that are too large are not read to their end.
  /^exception = workerd\/api\/streams\/.* disconnected: reader canceled$/,
];

function pass(from, to) {
  createInterface({ input: from }).on("line", (line) => {
    if (!NOISE.some((noise) => noise.test(line))) to.write(`${line}\n`);
  });
}

async function run(name, config) {
  const report = `${folder}/${isLong ? "long-" : ""}${name}.json`;
  rmSync(report, { force: true });
  console.log(`\n${name}${isLong ? ", at full size" : ""}`);
  const reporters = [
    "--reporter=default",
    "--slowTestThreshold=5000",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ];
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", config, ...reporters];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env });
  pass(child.stdout, process.stdout);
  pass(child.stderr, process.stderr);
  const [status] = await once(child, "close");
  return { report, status };
}

/**
 * D1, R2 and the objects wait for a disk at each commit. What tests store may as well lie in memory, where there is
 * plenty; null where there is not, or the caller has chosen a place.
 */
function inMemory() {
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    const free = Math.min(bavail * bsize, process.availableMemory());
    return process.env.TMPDIR || free < 8 * 2 ** 30 ? null : mkdtempSync("/dev/shm/quasarix-");
  } catch {
    return null;
  }
}

const runs = [await run("node", "vitest.config.ts"), await run("workerd", "vitest.workerd.config.ts")];
const total = totalOf(runs.map(({ report }) => report));
console.log(`\n${total.text}`);
if (scratch) rmSync(scratch, { recursive: true, force: true });
process.exitCode = total.failed > 0 || runs.some(({ status }) => status !== 0) ? 1 : 0;
