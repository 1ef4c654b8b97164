import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { useNodeEngines } from "@quasarix/client/node/engines.ts";
import { steps } from "./progress.ts";
import { type Holding, holdingsOf } from "./spreadsheet/holdings.ts";
import { triedText } from "./spreadsheet/report.ts";
import { listsFolder, realSites } from "./spreadsheet/source.ts";
import { trySpreadsheet } from "./spreadsheet/try.ts";

const USAGE = `usage: npm run try:spreadsheet -- [--members N] [--audits N] [--seed TEXT] [--out FOLDER]
Hands a spreadsheet of each member to a consortium of its own, and prints what comes out.
  --members  24      --audits  21000, of all members together
  --seed     1       another seed deals the sites out otherwise
  --out              also writes the members' files there
  QUASARIX_SHARED    the folder of real input; ../shared when absent`;

const whole = (text: string): number => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.NaN);

async function writeLists(folder: string, holdings: readonly Holding[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [at, { csv }] of holdings.entries())
    await writeFile(path.join(folder, `member-${String(at + 1).padStart(2, "0")}.csv`), csv);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      members: { type: "string", default: "24" },
      audits: { type: "string", default: "21000" },
      seed: { type: "string", default: "1" },
      out: { type: "string" },
      help: { type: "boolean" },
    },
  });
  const [members, audits] = [whole(values.members), whole(values.audits)];
  if (values.help || !(members <= 240) || !(audits >= members && audits <= members * 3_000)) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  const source = listsFolder();
  if (source === null) {
    console.log("skipped: there are no lists of real sites; set QUASARIX_SHARED to the folder of real input");
    return 0;
  }
  useNodeEngines();
  const shown = steps(process.stderr);
  const folder = await mkdtemp(path.join(os.tmpdir(), "quasarix-spreadsheet-"));
  try {
    const sites = await realSites(source);
    const today = new Date().toISOString().slice(0, 10);
    const holdings = holdingsOf(sites, { seed: values.seed, today, members, audits });
    if (values.out !== undefined) await writeLists(values.out, holdings);
    const tried = await trySpreadsheet(holdings, { folder, progress: shown.progress });
    shown.end();
    console.log(triedText(tried, sites.length));
    return 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main();
