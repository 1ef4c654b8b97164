// Runs the tests in Node and in workerd, one after the other, and says how many passed, failed and were skipped.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import process from "node:process";
import { totalOf } from "./test-total.mjs";

const isLong = process.argv.includes("--long");
const folder = ".work/reports";
const env = { ...process.env, LONG: isLong ? "1" : "" };

mkdirSync(folder, { recursive: true });

/** A run without a report failed before its first test: that counts as a failure, and not as nothing. */
function run(name, config) {
  const report = `${folder}/${isLong ? "long-" : ""}${name}.json`;
  rmSync(report, { force: true });
  console.log(`\n${name}${isLong ? ", at full size" : ""}`);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const { status } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "--config", config, ...reporters],
    { stdio: "inherit", env },
  );
  return { report, status };
}

const runs = [run("node", "vitest.config.ts"), run("workerd", "vitest.workerd.config.ts")];
const total = totalOf(runs.map(({ report }) => report));
console.log(total.text);
process.exit(total.failed > 0 || runs.some(({ status }) => status !== 0) ? 1 : 0);
