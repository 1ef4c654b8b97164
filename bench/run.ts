import path from "node:path";
import { parseArgs } from "node:util";
import { floorRows } from "./floor.ts";
import { AUDIT_SHAPE, randomPayloads, statementLength } from "./payload.ts";
import { hypercoreRows } from "./peers/hypercore.ts";
import { postgresRows } from "./peers/postgres.ts";
import { proofResults } from "./proofs.ts";
import { ratiosOf } from "./ratios.ts";
import { sequencerRows } from "./sequencer.ts";
import { formatTable, type Results, writeResults } from "./table.ts";

/** Each part fills a share of one run, so that every ratio is of figures from the same machine and minute. */
type Part = (options: Options) => Promise<Results>;

interface Options {
  /** The length of each measurement. */
  readonly seconds: number;
}

const PAYLOADS = 2_000;
const FLOOR_STATEMENTS = 5_000;

const parts: Readonly<Record<string, Part>> = {
  async floor() {
    return { rows: await floorRows(AUDIT_SHAPE, FLOOR_STATEMENTS), ratios: [], skipped: [] };
  },
  async sequencer({ seconds }) {
    return { rows: await sequencerRows(seconds), ratios: [], skipped: [] };
  },
  async proofs() {
    return { ...proofResults(), skipped: [] };
  },
  async peers({ seconds }) {
    const payloads = randomPayloads(PAYLOADS, statementLength(AUDIT_SHAPE));
    const hypercore = await hypercoreRows(payloads, seconds);
    const postgres = await postgresRows(payloads, seconds);
    return typeof postgres === "string"
      ? { rows: hypercore, ratios: [], skipped: [postgres] }
      : { rows: [...hypercore, ...postgres], ratios: [], skipped: [] };
  },
};

const USAGE = `usage: npm run bench -- [--seconds N] [${Object.keys(parts).join("|")}]...
Without a part: all of them. Example: npm run bench -- --seconds 5 peers`;

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { seconds: { type: "string", default: "5" }, help: { type: "boolean", default: false } },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(parts);
  const seconds = Number(values.seconds);
  if (values.help || !(seconds > 0) || names.some((name) => !parts[name])) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  const results: Results[] = [];
  for (const name of names) {
    console.error(`bench: ${name}`);
    results.push(await (parts[name] as Part)({ seconds }));
  }
  const rows = results.flatMap((result) => result.rows);
  const all: Results = {
    rows,
    ratios: [...results.flatMap(({ ratios }) => ratios), ...ratiosOf(rows)],
    skipped: results.flatMap(({ skipped }) => skipped),
  };
  console.log(formatTable(all));
  console.log(await writeResults(path.join(import.meta.dirname, "results"), all));
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
