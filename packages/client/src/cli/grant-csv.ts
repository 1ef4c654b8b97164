import { readGrants, type WantedGrant } from "../grant-file.ts";
import { type GrantPlan, type GrantRun, giveGrants, planGrants } from "../grant-run.ts";
import type { RowProblem } from "../import/problem.ts";
import { type Call, type Ended, isSet, must, needed } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { chunksOf } from "./input.ts";
import { session } from "./session.ts";

const ONE_BY_ONE = ["site", "to", "sections", "purpose", "from", "until", "audit"] as const;

interface Read {
  readonly rows: readonly WantedGrant[];
  readonly problems: readonly RowProblem[];
  /** The file was refused: what follows its last problem was not read. */
  readonly isRefused: boolean;
}

async function readFile(file: string): Promise<Read> {
  const [rows, problems]: [WantedGrant[], RowProblem[]] = [[], []];
  for await (const item of readGrants(chunksOf(file), Date.now())) {
    if (item.kind === "grant") rows.push(item.wanted);
    else problems.push(item.problem);
    if (item.kind === "refused") return { rows: [], problems, isRefused: true };
  }
  return { rows, problems, isRefused: false };
}

/** `grant give --csv FILE`: every bad row is named, the good ones are given, none twice. */
export async function giveFile(call: Call): Promise<Ended> {
  const file = needed(call, "csv");
  const other = ONE_BY_ONE.find((name) => call.options[name] !== undefined);
  if (other !== undefined) throw new UsageError(`--csv says it all: no --${other}`);
  const read = await readFile(file);
  const isDry = isSet(call, "dry-run");
  if (read.rows.length === 0) return ended(file, read, isDry, NOTHING, 0);
  const { client, author } = await session(call);
  const plan = must(await planGrants(client.routes, read.rows, client.host.now()));
  if (isDry) return ended(file, read, isDry, { ...plan, given: [], refused: [] }, plan.wanted.length);
  const run = must(await giveGrants(author, plan, (done, of) => call.terminal.progress("granted", done, of)));
  call.terminal.endProgress();
  return ended(file, read, isDry, run, plan.wanted.length);
}

const NOTHING: GrantRun & Pick<GrantPlan, "wanted"> = {
  wanted: [],
  given: [],
  standing: [],
  repeated: [],
  again: [],
  refused: [],
};

function ended(
  file: string,
  { rows, problems, isRefused }: Read,
  isDry: boolean,
  run: GrantRun,
  wanted: number,
): Ended {
  const { given, standing, repeated, again, refused } = run;
  const counts = `${standing.length} stand already, ${repeated.length} rows repeated, ${problems.length} problems`;
  const lines = [
    isDry
      ? `Dry run: nothing was signed or sent; ${wanted} grants would be.`
      : `${given.length} of ${wanted} grants given`,
    counts,
    ...(isRefused ? ["The file was refused: nothing of it was taken."] : []),
    ...again.map((line) => `note ${file}:${line}: you revoked the same once`),
    ...problems.map(
      (it) => `problem ${file}:${it.line}:${it.column}${it.field ? ` (${it.field})` : ""}: ${it.message}`,
    ),
    ...refused.map(({ line, why }) => `refused ${file}:${line}: ${why}`),
  ];
  const value = { dryRun: isDry, rows: rows.length, wanted, given, standing, repeated, again, problems, refused };
  const isBad = problems.length > 0 || refused.length > 0;
  return { value, text: `${lines.join("\n")}\n`, exit: isBad ? EXIT.refused : EXIT.done };
}
