import { csvRow } from "@quasarix/shared/csv.ts";
import { matchSites } from "@quasarix/shared/registry/match/match.ts";
import type { MatchPlace } from "@quasarix/shared/registry/match/place.ts";
import { reasonSays } from "@quasarix/shared/registry/match/reasons.ts";
import { type CsvForm, readCsv } from "../import/csv.ts";
import type { RowProblem } from "../import/problem.ts";
import { type Call, type Command, type Ended, needed, noArguments } from "./command.ts";
import { EXIT, UsageError } from "./exit.ts";
import { chunksOf } from "./input.ts";

const FORM: CsvForm = { encoding: "utf-8", delimiter: ",", multiline: true, lineLimit: 65_536 };
const NEEDED = ["name_a", "name_b"] as const;
const PARTS = ["address", "city", "region", "postcode", "country"] as const;
const ADDED = ["verdict", "score", "reasons"] as const;

type Side = "a" | "b";
type Cell = (name: string) => string | undefined;

/** Degrees of one side; null where a cell holds something that is not. */
function pointOf(cell: Cell, side: Side): { lat?: number; lon?: number } | null {
  const [lat, lon] = [cell(`lat_${side}`), cell(`lng_${side}`) ?? cell(`lon_${side}`)];
  if (lat === undefined && lon === undefined) return {};
  const [north, east] = [Number(lat ?? "x"), Number(lon ?? "x")];
  return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? { lat: north, lon: east } : null;
}

function placeOf(cell: Cell, side: Side): MatchPlace {
  const parts = PARTS.map((name) => [name, cell(`${name}_${side}`)] as const);
  return { name: cell(`name_${side}`) ?? "", ...Object.fromEntries(parts), ...pointOf(cell, side) };
}

function* problemsIn(cell: Cell, line: number, names: readonly string[]): Generator<RowProblem> {
  const at = (field: string) => ({ line, column: names.indexOf(field) + 1, field });
  for (const name of NEEDED)
    if (cell(name) === undefined) yield { ...at(name), reason: "empty", message: "a name is needed" };
  for (const side of ["a", "b"] as const)
    if (pointOf(cell, side) === null)
      yield { ...at(`lat_${side}`), reason: "number", message: "not degrees of latitude and longitude; left out" };
}

function answerTo(cell: Cell, problems: readonly RowProblem[]): readonly string[] {
  const nameless = problems.filter(({ reason }) => reason === "empty");
  if (nameless.length > 0) return ["unknown", "0.0000", nameless.map(({ field }) => `${field} is empty`).join("; ")];
  const { verdict, score, reasons } = matchSites(placeOf(cell, "a"), placeOf(cell, "b"));
  return [verdict, score.toFixed(4), reasons.map(reasonSays).join("; ")];
}

interface Matched {
  readonly rows: readonly string[];
  readonly problems: readonly RowProblem[];
}

/** The rows as they came, with three cells more; a row that is no row is a problem and is left out. */
export async function matchPairs(chunks: AsyncIterable<Uint8Array>): Promise<Matched> {
  const [rows, problems]: [string[], RowProblem[]] = [[], []];
  let names: readonly string[] = [];
  for await (const item of readCsv(chunks, FORM)) {
    if (item.kind === "refused") throw new UsageError(`line ${item.problem.line}: ${item.problem.message}`);
    if (item.kind === "header") {
      names = item.names;
      const missing = NEEDED.find((name) => !names.includes(name));
      if (missing !== undefined) throw new UsageError(`the file has no column \`${missing}\``);
      rows.push(csvRow([...names, ...ADDED]));
    } else if (item.kind === "fault") problems.push(item.problem);
    else {
      const cell: Cell = (name) => item.cells[names.indexOf(name)]?.trim() || undefined;
      const found = [...problemsIn(cell, item.line, names)];
      problems.push(...found);
      rows.push(csvRow([...item.cells, ...answerTo(cell, found)]));
    }
  }
  return { rows, problems };
}

async function match(call: Call): Promise<Ended> {
  noArguments(call);
  const file = needed(call, "pairs");
  const { rows, problems } = await matchPairs(chunksOf(file));
  for (const { line, column, field, message } of problems)
    call.terminal.note(`problem ${file}:${line}:${column}${field ? ` (${field})` : ""}: ${message}`);
  const value = { rows: rows.length - 1, problems };
  return { value, text: rows.join(""), exit: problems.length > 0 ? EXIT.refused : EXIT.done };
}

export const siteMatchCommand: Command = {
  words: "site match",
  usage: "--pairs FILE.csv",
  says: "says of each row whether its two places are one site, with a score and reasons; offline, no account",
  example: "quasarix site match --pairs pairs.csv > judged.csv",
  options: { pairs: { type: "string" } },
  run: match,
};
