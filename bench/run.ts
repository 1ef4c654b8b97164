import path from "node:path";
import { parseArgs } from "node:util";
import { appendResults, shapeOf, submissionRows } from "./append.ts";
import { floorRows } from "./floor.ts";
import { lookUpResults } from "./look-ups.ts";
import { AUDIT_SHAPE, randomPayloads, statementLength } from "./payload.ts";
import { hypercoreRows } from "./peers/hypercore.ts";
import { postgresRows } from "./peers/postgres.ts";
import { proofResults } from "./proofs.ts";
import { ratiosOf } from "./ratios.ts";
import { readResults } from "./reads.ts";
import { releaseResults } from "./release.ts";
import { sequencerRows } from "./sequencer.ts";
import { formatTable, type Results, writeResults } from "./table.ts";
import { verifyRows } from "./verify.ts";

/** Each part fills a share of one run, so that every ratio is of figures from the same machine and minute. */
type Part = (options: Options) => Promise<Results>;

interface Options {
  /** The length of each measurement. */
  readonly seconds: number;
  /** Audits of the largest consortium of `reads`. */
  readonly audits: number;
  /** The sizes of `look-ups` and `release` for a quick look. */
  readonly small: boolean;
  /** What `append` appended, for the parts behind it to do their work on the same bytes; empty where it did not run. */
  readonly statements: string[];
}

const PAYLOADS = 2_000;
const FLOOR_STATEMENTS = 5_000;

const only = (rows: Results["rows"]): Results => ({ rows, ratios: [], skipped: [] });

const parts: Readonly<Record<string, Part>> = {
  async append({ statements }) {
    const appended = await appendResults();
    statements.push(...appended.statements);
    return only(appended.rows);
  },
  async floor({ statements }) {
    const shape = statements.length > 0 ? shapeOf(statements, AUDIT_SHAPE.sections) : AUDIT_SHAPE;
    return only(await floorRows(shape, FLOOR_STATEMENTS));
  },
  async sequencer({ seconds }) {
    return only(await sequencerRows(seconds));
  },
  async proofs() {
    return { ...proofResults(), skipped: [] };
  },
  async submissions() {
    return only(await submissionRows());
  },
  async reads({ audits }) {
    return readResults(audits);
  },
  async "look-ups"({ small }) {
    return lookUpResults(small);
  },
  async release({ small }) {
    return releaseResults(small);
  },
  async verify() {
    return only(await verifyRows());
  },
  async peers({ seconds, statements }) {
    const payloads = payloadsOf(statements);
    const hypercore = await hypercoreRows(payloads, seconds);
    const postgres = await postgresRows(payloads, seconds);
    return typeof postgres === "string"
      ? { rows: hypercore, ratios: [], skipped: [postgres] }
      : only([...hypercore, ...postgres]);
  },
};

/** hypercore's rows say one length, so all are cut to the shortest: a few bytes. */
function payloadsOf(statements: readonly string[]): Uint8Array[] {
  if (statements.length === 0) return randomPayloads(PAYLOADS, statementLength(AUDIT_SHAPE));
  const length = Math.min(...statements.map((statement) => statement.length));
  return statements.slice(0, PAYLOADS).map((statement) => Buffer.from(statement.slice(0, length)));
}

const USAGE = `usage: npm run bench -- [--seconds N] [--audits N] [--small] [${Object.keys(parts).join("|")}]...
Without a part: all of them. Example: npm run bench -- --seconds 5 peers
--audits: of the largest consortium of \`reads\`, 100,000 if not said.
--small: \`look-ups\` among 10^3 to 10^5 sites, not 10^6; \`release\` from 10^4 to 10^6 scores, not 10^7.`;

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      seconds: { type: "string", default: "5" },
      audits: { type: "string", default: "100000" },
      small: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(parts);
  const [seconds, audits] = [Number(values.seconds), Number(values.audits)];
  if (values.help || !(seconds > 0) || !(audits >= 10_000) || names.some((name) => !parts[name])) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  const results: Results[] = [];
  const statements: string[] = [];
  for (const name of names) {
    console.error(`bench: ${name}`);
    results.push(await (parts[name] as Part)({ seconds, audits, small: values.small, statements }));
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
