import { csvRow } from "@quasarix/shared/csv.ts";
import { type PrivateColumns, privateColumns } from "@quasarix/shared/duplicate/columns.ts";
import { plainCell } from "./grant-cells.ts";
import { type CsvForm, readCsv } from "./import/csv.ts";
import { quoted, type RowProblem } from "./import/problem.ts";

/** In a file of private columns, in any order; only `site` has to be there. `name` is for people and is not read. */
export const COLUMN_NAMES = [
  "site",
  "name",
  "erp",
  "category",
  "owner",
  "spend",
  "strategic",
  "risk",
  "delivery",
  "defects",
] as const;
type ColumnName = (typeof COLUMN_NAMES)[number];

export interface ColumnsRead {
  readonly rows: readonly PrivateColumns[];
  readonly problems: readonly RowProblem[];
  readonly isRefused: boolean;
}

const FORM: CsvForm = { encoding: "utf-8", delimiter: ",", multiline: true, lineLimit: 65_536 };
const MOST_ROWS = 50_000;

/** A bad cell is named by line and column and costs its row; the others go on. */
export async function readColumnsFile(chunks: AsyncIterable<Uint8Array>): Promise<ColumnsRead> {
  const rows: PrivateColumns[] = [];
  const problems: RowProblem[] = [];
  const refused = (problem: RowProblem): ColumnsRead => ({
    rows: [],
    problems: [...problems, problem],
    isRefused: true,
  });
  const met = new Map<string, number>();
  let names: readonly string[] = [];
  for await (const item of readCsv(chunks, FORM)) {
    if (item.kind === "refused") return refused(item.problem);
    if (item.kind === "fault") problems.push(item.problem);
    if (item.kind === "header") {
      const problem = headerProblem(item.names);
      if (problem) return refused(problem);
      names = item.names;
    }
    if (item.kind !== "row") continue;
    if (rows.length + problems.length >= MOST_ROWS)
      return refused({
        line: item.line,
        column: 1,
        reason: "too-many-rows",
        message: `a file holds at most ${MOST_ROWS} rows`,
      });
    const read = rowOf(item.line, item.cells, names);
    problems.push(...read.problems);
    if (!read.row) continue;
    const first = met.get(read.row.site);
    if (first !== undefined) problems.push(again(item.line, first, names));
    else rows.push(read.row);
    met.set(read.row.site, first ?? item.line);
  }
  return { rows, problems, isRefused: false };
}

function headerProblem(names: readonly string[]): RowProblem | null {
  const no = (column: number, message: string): RowProblem => ({ line: 1, column, reason: "header", message });
  const strange = names.findIndex((name) => !(COLUMN_NAMES as readonly string[]).includes(name));
  if (strange >= 0) return no(strange + 1, `${quoted(names[strange] ?? "")} is none of ${COLUMN_NAMES.join(", ")}`);
  const twice = names.findIndex((name, at) => names.indexOf(name) !== at);
  if (twice >= 0) return no(twice + 1, `the column ${quoted(names[twice] ?? "")} is there twice`);
  return names.includes("site") ? null : no(names.length + 1, "the column `site` is missing");
}

const again = (line: number, first: number, names: readonly string[]): RowProblem => ({
  line,
  column: names.indexOf("site") + 1,
  field: "site",
  reason: "key-again",
  message: `line ${first} has the same site`,
});

const NUMBERS: readonly string[] = ["delivery", "defects"] satisfies ColumnName[];
const YES = ["yes", "y", "true", "1", "x"];
const NO = ["no", "n", "false", "0"];

function readValue(name: string, text: string): unknown {
  if (NUMBERS.includes(name)) return Number(text.replace(/%$/, ""));
  if (name === "strategic") return YES.includes(text.toLowerCase()) || (NO.includes(text.toLowerCase()) ? false : text);
  if (name === "spend") return text.toUpperCase();
  return name === "risk" ? text.toLowerCase() : text;
}

function rowOf(line: number, cells: readonly string[], names: readonly string[]) {
  const texts = names.map((name, at) => [name, plainCell(cells[at] ?? "")] as const);
  const given = texts.filter(([name, text]) => name !== "name" && text !== "");
  const read = privateColumns.safeParse(Object.fromEntries(given.map(([name, text]) => [name, readValue(name, text)])));
  if (read.success) return { row: read.data, problems: [] };
  const problems = read.error.issues.map(({ path, message }): RowProblem => {
    const field = String(path[0] ?? "site");
    return { line, column: names.indexOf(field) + 1, field, reason: "content", message };
  });
  return { row: null, problems };
}

/** `nameOf`: a site's name, for the people who read the file. Comes in again as it is. */
export const columnsCsv = (rows: readonly PrivateColumns[], nameOf: (site: string) => string): string =>
  [
    csvRow(COLUMN_NAMES),
    ...rows.map((row) => csvRow(COLUMN_NAMES.map((name) => (name === "name" ? nameOf(row.site) : cellOf(row[name]))))),
  ].join("");

const cellOf = (value: string | number | boolean | undefined): string =>
  typeof value === "boolean" ? (value ? "yes" : "no") : String(value ?? "");
