// Changes the code in a copy, one slip at a time, and counts the slips that a test notices: `npm run mutate -- AREA`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import process from "node:process";

const AREAS = ["log", "statement", "policy"];
const [, , ...asked] = process.argv;
const areas = asked.length > 0 ? asked : AREAS;
const stranger = areas.find((area) => !AREAS.includes(area));
if (stranger) {
  console.error(`no area \`${stranger}\`: ${AREAS.join(", ")}`);
  process.exit(2);
}

const root = path.resolve(import.meta.dirname, "..");
const stryker = path.join(root, "node_modules/@stryker-mutator/core/bin/stryker.js");

/** 0 where at least the share that stryker.config.mjs asks for was noticed. */
async function mutate(area) {
  // The copy stands elsewhere, so what is beside the repository needs its whole path.
  const beside = path.resolve(root, process.env.QUASARIX_SHARED ?? "../shared");
  const env = { ...process.env, MUTATE: area, QUASARIX_SHARED: beside };
  const [status] = await once(spawn(process.execPath, [stryker, "run"], { cwd: root, stdio: "inherit", env }), "close");
  return status;
}

const statuses = [];
for (const area of areas) statuses.push(await mutate(area));
process.exitCode = statuses.every((status) => status === 0) ? 0 : 1;
