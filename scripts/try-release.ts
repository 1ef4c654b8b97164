import { parseArgs } from "node:util";
import { chicagoFolder } from "./chicago/source.ts";
import { readInspections } from "./release/inspections.ts";
import { heading, report } from "./release/report.ts";
import { tryRelease } from "./release/try.ts";

const USAGE = `usage: npm run try:release -- [--members 6,9,30,80] [--trials 40]
Builds a year's releases of real inspections, dealt to so many members, and says how far they are from all that is known.
  QUASARIX_SHARED  the folder of real input; ../shared when absent`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      members: { type: "string", default: "6,9,30,80" },
      trials: { type: "string", default: "40" },
      help: { type: "boolean" },
    },
  });
  const members = values.members.split(",").map(Number);
  const trials = Number(values.trials);
  const isAsked = [...members, trials].every((it) => Number.isInteger(it) && it > 0);
  const source = chicagoFolder();
  if (values.help || !isAsked || source === null) {
    console.error(source === null ? `there are no inspections\n${USAGE}` : USAGE);
    return values.help ? 0 : 2;
  }
  const inspections = await readInspections(source);
  const licences = new Set(inspections.map(({ licence }) => licence)).size;
  for (const line of heading(inspections.length, licences)) console.log(line);
  for (const count of members) for (const line of report(tryRelease(inspections, count, trials))) console.log(line);
  return 0;
}

process.exitCode = await main();
