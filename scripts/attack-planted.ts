// Plants one bug at a time in a copy of the tree and runs the test that is there to notice it: `npm run attack:planted -- [NAME...]`.
import { rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { apply, copyOfTree, restore } from "./planted/copy.ts";
import { type Planted, plantedIn } from "./planted/patch.ts";
import { type Verdict, verdictOn } from "./planted/verdict.ts";

const root = path.resolve(import.meta.dirname, "..");
const asked = process.argv.slice(2);
const all = plantedIn(path.join(root, "test/attack/planted"));
const bugs = all.filter(({ name }) => asked.length === 0 || asked.some((part) => name.includes(part)));
if (bugs.length === 0) {
  console.error(`no such bug; there are: ${all.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

const copy = copyOfTree(root);
const clean = new Map<string, Verdict>();

/** A red test says nothing where it is red without the bug, too. */
async function withoutBug(one: Planted): Promise<Verdict> {
  const key = `${one.file} ${one.tests}`;
  const known = clean.get(key) ?? (await verdictOn(copy, one));
  clean.set(key, known);
  return known;
}

async function outcomeOf(one: Planted): Promise<string> {
  const before = await withoutBug(one);
  if (before.failed.length > 0) return `RED WITHOUT IT: ${before.failed[0]}`;
  if (before.passed === 0) return "RUNS NO TEST EVEN WITHOUT IT";
  const changed = apply(copy, one.patch);
  if (!changed) return "DOES NOT APPLY";
  const after = await verdictOn(copy, one);
  for (const file of changed) restore(root, copy, file);
  if (after.failed.length > 0) return `caught by ${after.failed.length} of ${before.passed}`;
  return after.passed === 0 ? "DOES NOT RUN" : "MISSED";
}

const widest = Math.max(...bugs.map(({ bug }) => bug.length));
const where = ({ file, tests }: Planted): string => `${path.basename(file).replace(/\..*/, "")} ${tests}`.trim();
let missed = 0;
try {
  for (const one of bugs) {
    const outcome = await outcomeOf(one);
    if (!outcome.startsWith("caught")) missed++;
    console.log(`${one.bug.padEnd(widest)}  ${where(one).padEnd(44)}  ${outcome}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`\n${bugs.length - missed} of ${bugs.length} planted bugs were caught`);
process.exitCode = missed === 0 ? 0 : 1;
