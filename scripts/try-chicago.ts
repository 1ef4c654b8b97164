import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { useNodeEngines } from "@quasarix/client/node/engines.ts";
import { chicagoFolder } from "./chicago/source.ts";
import { type Tried, tryChicago } from "./chicago/try.ts";
import { steps } from "./progress.ts";

const USAGE = `usage: npm run try:chicago -- [--limit N]
Imports real inspections as members' submissions into a consortium of its own, and checks all of it.
  QUASARIX_SHARED  the folder of real input; ../shared when absent`;

const counts = (of: ReadonlyMap<string, number>): string =>
  [...of]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");

function textOf({ seconds, fsck, ...it }: Tried): string {
  const rate = (count: number, time: number) => `${(count / time).toFixed(0)}/s`;
  const faults = fsck.faults.length === 0 ? "no fault" : `${fsck.faults.length} faults`;
  return `
Note: ${it.notice}
${it.inspections} inspections with ${it.findings} findings at ${it.sites} sites, ${it.organisations} organisations
auditor groups: ${counts(it.auditors)}
${it.sites} sites opened in ${seconds.sites.toFixed(1)} s (${rate(it.sites, seconds.sites)})
${it.submissions} submissions, signed, posted and each receipt checked, in ${seconds.submit.toFixed(1)} s (${rate(it.submissions, seconds.submit)})
re-issued by intake ${seconds.intake.toFixed(1)} s after the first was sent (${rate(it.submissions, seconds.intake)} for both)
${it.confirmed} of intake's copies, drawn by lot, checked against their submissions
log size ${fsck.size}: ${counts(it.types)}
fsck in ${seconds.fsck.toFixed(1)} s: ${faults}; ${fsck.checkpoints} checkpoints, ${fsck.tiles} tiles, ${fsck.dossiers} dossiers, ${fsck.rows} rows, ${fsck.staged} staged
${seconds.all.toFixed(1)} s in all${seconds.server === null ? "" : `, ${seconds.server.toFixed(1)} s of CPU in the server`}`;
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { limit: { type: "string" }, help: { type: "boolean" } } });
  const limit = values.limit === undefined ? Number.POSITIVE_INFINITY : Number(values.limit);
  const source = chicagoFolder();
  if (values.help || !(limit > 0) || source === null) {
    console.error(source === null ? `there are no inspections\n${USAGE}` : USAGE);
    return values.help ? 0 : 2;
  }
  useNodeEngines();
  const shown = steps(process.stderr);
  const folder = await mkdtemp(path.join(os.tmpdir(), "quasarix-chicago-"));
  try {
    const tried = await tryChicago(source, { folder, limit, progress: shown.progress });
    shown.end();
    console.log(textOf(tried));
    return tried.fsck.faults.length === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
