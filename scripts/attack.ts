// Every attack of BENCHMARKS 2 at full size, and a table of what was measured beside what is allowed: `npm run attack -- [--again] [NAME...]`.
import { availableParallelism } from "node:os";
import path from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { type Attack, attacksIn, fingerprint, type Outcome, outcomeOf } from "./attack/run.ts";
import { tableOf } from "./attack/table.ts";

const root = path.resolve(import.meta.dirname, "..");
const { values, positionals } = parseArgs({ options: { again: { type: "boolean" } }, allowPositionals: true });
const all = attacksIn(path.join(root, "test/attack"));
const asked = all.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.startsWith(part)));
if (asked.length === 0) {
  console.error(`no such attack; there are: ${all.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

const state = fingerprint(root);
const outcomes = new Map<string, Outcome>();
const waiting = [...asked];
console.log(
  `${asked.length} files at full size; R1 alone takes the better part of an hour. What is done is kept until the code changes.`,
);

async function work(): Promise<void> {
  for (let one = waiting.shift(); one; one = waiting.shift()) await attack(one);
}

async function attack(one: Attack): Promise<void> {
  const started = Date.now();
  console.log(`         ${one.name} ...`);
  const outcome = await outcomeOf(root, one, { state, again: values.again === true });
  outcomes.set(one.name, outcome);
  const took = outcome.isKept ? "from an earlier run" : `${Math.round((Date.now() - started) / 1000)} s`;
  const says = outcome.failed.length > 0 || outcome.passed === 0 ? "FAILED" : "held";
  console.log(`${String(outcomes.size).padStart(3)}/${asked.length}  ${one.name.padEnd(28)}  ${says}, ${took}`);
  for (const name of outcome.failed) console.log(`         ${name}`);
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
const ordered = asked.map((one) => ({ name: one.name, outcome: outcomes.get(one.name) as Outcome }));
console.log(`\n${tableOf(ordered)}`);
const broken = ordered.filter(({ outcome }) => outcome.failed.length > 0 || outcome.passed === 0);
console.log(`\n${ordered.length - broken.length} of ${ordered.length} held`);
process.exitCode = broken.length === 0 ? 0 : 1;
